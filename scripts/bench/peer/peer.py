"""The peer of the benchmarks: FLoRIST as its paper states it (arXiv:2506.09199, Algorithm 1) and FlexLoRA's dense
decomposition, in torch float32 on every core. Written to be what a careful reader of the paper would write, with no
step slower than it need be: nothing is read, copied or computed twice.

Reads one JSON request a line and answers one JSON line, so that the benchmark can take turns with it:
  {"op": "module",   "folders": [...], "module": name, "weights": [...], "tau": 0.9, "times": 5}
                                                             one module, files read beforehand; seconds of one of 5
  {"op": "flexlora", "folders": [...], "module": name, "weights": [...], "rank": 64}  the same, dense
  {"op": "adapter",  "folders": [...], "weights": [...], "tau": 0.9, "out": path}
                                                             all modules, loading and saving included
  {"op": "forget"}                                                                    drops the files read so far
Its first line says what it runs on. Each answer holds the seconds taken and the total rank found.

The adapters are the benchmark's own: one rank and one alpha for all modules of a client, so there are no patterns.
"""

import json
import os
import re
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


def open_file(folder):
    return safe_open(os.path.join(folder, "adapter_model.safetensors"), "pt")


def read_pair(file, module):
    """B (m, r), A (r, n) as saved."""
    name = PREFIX + module
    return file.get_tensor(f"{name}.lora_B.weight"), file.get_tensor(f"{name}.lora_A.weight")


def read_client(folder, module):
    """Scale, B and A, read once."""
    key = (folder, module)
    if key not in loaded:
        with open_file(folder) as file:
            loaded[key] = (scale_of(folder), *read_pair(file, module))
    return loaded[key]


def stack(clients, weights):
    """(m, r), (r, n) in float32 with B A = ΔW."""
    b = torch.cat([scale * b.float() for scale, b, _ in clients], dim=1)
    a = torch.cat([weight * a.float() for weight, (_, _, a) in zip(weights, clients)], dim=0)
    return b, a


def rank_for_energy(sigma, tau):
    """The smallest p whose singular values hold a share tau of the energy; 1 where there is none."""
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
    clients = [read_client(folder, request["module"]) for folder in request["folders"]]
    times = request.get("times", 1)
    started = time.perf_counter()
    for _ in range(times):
        b, a = stack(clients, request["weights"])
        if request["op"] == "flexlora":
            p = flexlora(b, a, request["rank"])[2]
        else:
            p = florist(b, a, request["tau"])[2]
    return {"seconds": (time.perf_counter() - started) / times, "rank": p}


def whole_adapter(request):
    started = time.perf_counter()
    files = [open_file(folder) for folder in request["folders"]]
    scales = [scale_of(folder) for folder in request["folders"]]
    modules = sorted({key[len(PREFIX) :].rsplit(".lora_", 1)[0] for key in files[0].keys()})
    tensors, total = {}, 0
    for module in modules:
        clients = [(scale, *read_pair(file, module)) for scale, file in zip(scales, files)]
        b, a, p = florist(*stack(clients, request["weights"]), request["tau"])
        name = PREFIX + module
        tensors[f"{name}.lora_B.weight"] = b.contiguous()
        tensors[f"{name}.lora_A.weight"] = a.contiguous()
        total += p
    save_file(tensors, request["out"])
    return {"seconds": time.perf_counter() - started, "rank": total}


def forget(_request):
    loaded.clear()
    return {"seconds": 0, "rank": 0}


OPERATIONS = {"module": one_module, "flexlora": one_module, "adapter": whole_adapter, "forget": forget}


def main():
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    torch.set_num_threads(cores)
    with torch.inference_mode():
        blas = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
        about = {"torch": torch.__version__, "blas": blas[1] if blas else "unknown", "threads": torch.get_num_threads()}
        print(json.dumps(about), flush=True)
        for line in sys.stdin:
            request = json.loads(line)
            print(json.dumps(OPERATIONS[request["op"]](request)), flush=True)


if __name__ == "__main__":
    main()
