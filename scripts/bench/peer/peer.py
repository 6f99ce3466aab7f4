"""The peer of the benchmarks: FLoRIST as its paper states it (arXiv:2506.09199, Algorithm 1) and FlexLoRA's dense
decomposition, in torch float32 on every core.

Reads one JSON request a line and answers one JSON line, so that the benchmark can take turns with it:
  {"op": "module",   "folders": [...], "module": name, "weights": [...], "tau": 0.9}  one module, files read beforehand
  {"op": "flexlora", "folders": [...], "module": name, "weights": [...], "rank": 64}
  {"op": "adapter",  "folders": [...], "weights": [...], "tau": 0.9, "out": path}     all modules, loading and saving included
Each answer holds the seconds taken and the total rank found.
"""
import json
import os
import sys
import time

import torch
from safetensors import safe_open
from safetensors.torch import save_file

PREFIX = "base_model.model."
loaded = {}


def scale_of(folder):
    with open(os.path.join(folder, "adapter_config.json")) as f:
        config = json.load(f)
    rank = config["r"]
    return config["lora_alpha"] / (rank**0.5 if config.get("use_rslora") else rank)


def factors(folder, module):
    """B (m, r), A (r, n) as saved, read once."""
    key = (folder, module)
    if key not in loaded:
        with safe_open(os.path.join(folder, "adapter_model.safetensors"), "pt") as f:
            loaded[key] = (
                f.get_tensor(f"{PREFIX}{module}.lora_B.weight"),
                f.get_tensor(f"{PREFIX}{module}.lora_A.weight"),
            )
    return loaded[key]


def stack(pairs, scales, weights):
    """(m, r), (r, n) in float32 with B A = ΔW."""
    b = torch.cat([s * pair[0].float() for s, pair in zip(scales, pairs)], dim=1)
    a = torch.cat([w * pair[1].float() for w, pair in zip(weights, pairs)], dim=0)
    return b, a


def rank_for_energy(sigma, tau):
    energy = torch.cumsum(sigma.double() ** 2, 0)
    return min(int(torch.searchsorted(energy, tau * energy[-1])) + 1, len(sigma))


def florist(b, a, tau):
    """Three thin decompositions: of B, of A, and of the small product between them."""
    ub, sb, vb = torch.linalg.svd(b, full_matrices=False)
    ua, sa, va = torch.linalg.svd(a, full_matrices=False)
    u, s, v = torch.linalg.svd(sb[:, None] * (vb @ ua) * sa[None, :], full_matrices=False)
    p = rank_for_energy(s, tau)
    return (ub @ u[:, :p]) * s[:p], v[:p] @ va, p


def flexlora(b, a, rank):
    """The dense update, decomposed whole."""
    u, s, v = torch.linalg.svd(b @ a, full_matrices=False)
    return u[:, :rank] * s[:rank], v[:rank], rank


def one_module(request):
    pairs = [factors(folder, request["module"]) for folder in request["folders"]]
    scales = [scale_of(folder) for folder in request["folders"]]
    started = time.perf_counter()
    b, a = stack(pairs, scales, request["weights"])
    if request["op"] == "flexlora":
        p = flexlora(b, a, request["rank"])[2]
    else:
        p = florist(b, a, request["tau"])[2]
    return {"seconds": time.perf_counter() - started, "rank": p}


def whole_adapter(request):
    started = time.perf_counter()
    files = [safe_open(os.path.join(f, "adapter_model.safetensors"), "pt") for f in request["folders"]]
    scales = [scale_of(folder) for folder in request["folders"]]
    modules = sorted({k[len(PREFIX) :].rsplit(".lora_", 1)[0] for k in files[0].keys()})
    out, total = {}, 0
    for module in modules:
        name = PREFIX + module
        pairs = [(f.get_tensor(f"{name}.lora_B.weight"), f.get_tensor(f"{name}.lora_A.weight")) for f in files]
        b, a, p = florist(*stack(pairs, scales, request["weights"]), request["tau"])
        out[f"{name}.lora_B.weight"], out[f"{name}.lora_A.weight"] = b.contiguous(), a.contiguous()
        total += p
    save_file(out, request["out"])
    return {"seconds": time.perf_counter() - started, "rank": total}


def main():
    torch.set_num_threads(os.cpu_count() or 1)
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        answer = whole_adapter(request) if request["op"] == "adapter" else one_module(request)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
