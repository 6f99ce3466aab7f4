"""A whole round with PEFT at both ends.

Clients fine-tune with PEFT and send what save_pretrained wrote; the published adapters are loaded with
PeftModel.from_pretrained and must change every weight of the base model as PEFT's own merges say, to 1e-5.
Arguments: the service's URL, an empty folder. The operator's token comes in FLORIST_OPERATOR_TOKEN. Prints one
JSON object per check.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

import torch
from clients import CLIENTS, VOCABULARY, make_base, train
from oracle import load, lora_layers, mean_change, merged_change, rank_for_energy, truncate
from service import Service

TAU = 0.9
TOLERANCE = 1e-5
FEDERATION = "interop"
ROUND = f"/v1/federations/{FEDERATION}/rounds/1"
SECOND_ROUND = f"/v1/federations/{FEDERATION}/rounds/2"
FILES = ("adapter_model.safetensors", "adapter_config.json")


def report(check: str, ok: bool, detail: str) -> None:
    print(json.dumps({"check": check, "ok": bool(ok), "detail": detail}), flush=True)


def submit_all(operator: Service, base, work: Path) -> list[Path]:
    """Trains and sends every client's adapter; returns where they lie."""
    aggregation = {"method": "florist", "rank": {"policy": "energy", "tau": TAU}, "dtype": "F32"}
    operator.json("POST", "/v1/federations", {"name": FEDERATION, "aggregation": aggregation})
    operator.json("POST", f"/v1/federations/{FEDERATION}/rounds")
    folders = []
    for seed, client in enumerate(CLIENTS, start=1):
        folder = work / client.name
        train(base, client, seed, folder)
        registered = operator.json("PUT", f"/v1/federations/{FEDERATION}/clients/{client.name}")
        itself = operator.as_client(registered["token"])
        receipt = itself.submit(f"{ROUND}/submissions/{client.name}", client.num_examples, folder)
        sent = (folder / FILES[0]).read_bytes()
        same = receipt["sha256"] == hashlib.sha256(sent).hexdigest() and receipt["bytes"] == len(sent)
        report(f"{client.name}: the receipt is for what was sent", same, f"{len(sent)} bytes")
        folders.append(folder)
    return folders


def download(service: Service, folder: Path, adapter: str) -> Path:
    """Waits for an adapter, fetches its two files, and compares the bytes with what the service says of them."""
    published = service.wait(ROUND, adapter)
    if published["state"] != "published":
        raise RuntimeError(f"the service could not make {folder.name}: {published.get('error')}")
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(service.request("GET", f"{ROUND}/adapter/{name}?adapter={adapter}"))
    digest = hashlib.sha256((folder / FILES[0]).read_bytes()).hexdigest()
    same = digest == published["result"]["sha256"]
    report(f"{folder.name}: the download is what was published", same, f"SHA-256 {digest[:12]}…")
    return folder


def download_slice(service: Service, folder: Path, query: str) -> Path:
    """Fetches both files of an adapter cut to other ranks."""
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(service.request("GET", f"{ROUND}/adapter/{name}?{query}"))
    return folder


def ranks_of(base, folder: Path) -> dict[str, int]:
    """The rank that PEFT gives each adapted weight."""
    layers = lora_layers(load(base, folder))
    return {f"{name}.weight": layer.r["default"] for name, layer in layers.items()}


def check_slices(operator: Service, base, folders: list[Path], expected: dict[str, torch.Tensor], work: Path) -> None:
    """Whether PEFT loads an adapter cut to one rank, and FlexLoRA's at the ranks that each client trained."""
    cut = download_slice(operator, work / "florist-rank-2", "adapter=a1&rank=2")
    check_adapter(base, cut, expected, exact=False)
    ranks = set(ranks_of(base, cut).values())
    report(f"{cut.name}: every rank is 2", ranks == {2}, f"{ranks}")
    flex = operator.json("POST", f"{ROUND}/adapters", {"aggregation": {"method": "flexlora"}})["id"]
    whole = ranks_of(base, download(operator, work / "flexlora", flex))
    for folder in folders:
        own = download_slice(operator, work / f"flexlora-{folder.name}", f"adapter={flex}&client={folder.name}")
        check_adapter(base, own, expected, exact=False)
        wanted = {name: min(rank, whole[name]) for name, rank in ranks_of(base, folder).items()}
        found = ranks_of(base, own)
        report(f"{own.name}: the client's own ranks", found == wanted, f"{sorted(set(found.values()))}")


def check_adapter(base, folder: Path, expected: dict[str, torch.Tensor], exact: bool) -> None:
    """Whether PEFT loads the adapter and merging it changes every weight as expected."""
    model = load(base, folder)
    layers = lora_layers(model)
    ranks = {f"{name}.weight": layer.r["default"] for name, layer in layers.items()}
    scalings = {layer.scaling["default"] for layer in layers.values()}
    report(f"{folder.name}: PEFT's scaling is 1 everywhere", scalings == {1.0}, f"{scalings}")
    tokens = torch.arange(VOCABULARY).unsqueeze(0)
    with torch.no_grad():
        adapted = model(input_ids=tokens).logits
    changes = merged_change(base, model)
    for name, rank in ranks.items():
        published = expected[name] if exact else truncate(expected[name], rank)
        error = float((changes[name] - published).norm() / expected[name].norm())
        report(f"{folder.name}: change of {name}", error <= TOLERANCE, f"rank {rank}, relative error {error:.1e}")
    others = [name for name in changes if name not in ranks]
    still = all(changes[name].count_nonzero() + expected[name].count_nonzero() == 0 for name in others)
    report(f"{folder.name}: all other weights stay", still, f"{len(others)} of them")
    check_logits(base, folder, changes, adapted, tokens)


def check_logits(base, folder: Path, changes, adapted: torch.Tensor, tokens: torch.Tensor) -> None:
    """Whether the adapter beside the weights and the adapter merged into them say the same."""
    merged = make_base().double()
    merged.load_state_dict({name: base.state_dict()[name].double() + change for name, change in changes.items()})
    with torch.no_grad():
        apart = (merged(input_ids=tokens).logits - adapted).abs().max()
    report(f"{folder.name}: merged and unmerged agree", apart < TOLERANCE, f"logits differ by {apart:.1e}")


def play_again(operator: Service, folders: list[Path], examples: list[int], first_stack: str) -> None:
    """A second round of the same adapters with other weights; both rounds then serve their exact stacks."""
    operator.json("POST", f"/v1/federations/{FEDERATION}/rounds")
    for client, folder, count in zip(CLIENTS, folders, examples):
        operator.submit(f"{SECOND_ROUND}/submissions/{client.name}", count, folder)
    operator.json("POST", f"{SECOND_ROUND}/close")
    operator.wait(SECOND_ROUND, "a1")
    stack = operator.json("POST", f"{SECOND_ROUND}/adapters", {"aggregation": {"method": "flora"}})
    operator.wait(SECOND_ROUND, stack["id"])
    for at, adapter in ((ROUND, first_stack), (SECOND_ROUND, stack["id"])):
        operator.json("POST", f"{at}/adapters/{adapter}/promote")


def download_sum(service: Service, folder: Path) -> Path:
    """Fetches both rounds as one adapter, as a client does that has missed them."""
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(service.made(f"/v1/federations/{FEDERATION}/adapter/{name}?since=0"))
    return folder


def check_ranks(service: Service, expected: dict[str, torch.Tensor]) -> None:
    """Whether the ranks are those that τ asks for."""
    for module in service.json("GET", f"{ROUND}/spectrum")["modules"]:
        wanted = rank_for_energy(expected[f"{module['name']}.weight"], TAU)
        report(f"rank of {module['name']}", module["rank"] == wanted, f"{module['rank']} of {module['stackedRank']}")


def main(url: str, work: Path) -> None:
    operator = Service(url, os.environ["FLORIST_OPERATOR_TOKEN"])
    base = make_base()
    folders = submit_all(operator, base, work)
    operator.json("POST", f"{ROUND}/close")
    expected = mean_change(base, folders, [client.num_examples for client in CLIENTS])
    check_adapter(base, download(operator, work / "florist", "a1"), expected, exact=False)
    check_ranks(operator, expected)
    check_slices(operator, base, folders, expected, work)
    stack = operator.json("POST", f"{ROUND}/adapters", {"aggregation": {"method": "flora"}})
    check_adapter(base, download(operator, work / "flora", stack["id"]), expected, exact=True)
    examples = [client.num_examples for client in reversed(CLIENTS)]
    play_again(operator, folders, examples, stack["id"])
    second = mean_change(base, folders, examples)
    both = {name: change + second[name] for name, change in expected.items()}
    check_adapter(base, download_sum(operator, work / "sum"), both, exact=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
