"""What PEFT itself says a round must publish, in float64 and by way of the full weight matrices."""

import copy
from pathlib import Path

import torch
from peft import PeftModel
from peft.tuners.lora import LoraLayer
from transformers import LlamaForCausalLM


def load(base: LlamaForCausalLM, folder: Path) -> PeftModel:
    """The adapter of a folder on a float64 copy of the base model, its factors in float64 too."""
    return PeftModel.from_pretrained(copy.deepcopy(base).double(), folder).double()


def lora_layers(model: PeftModel) -> dict[str, LoraLayer]:
    """The adapted layers, by the name of their weight matrix in the base model."""
    prefix = "base_model.model."
    named = model.named_modules()
    return {name.removeprefix(prefix): layer for name, layer in named if isinstance(layer, LoraLayer)}


def merged_change(base: LlamaForCausalLM, model: PeftModel) -> dict[str, torch.Tensor]:
    """By how much merging the adapter changes each weight of the base model."""
    merged = model.merge_and_unload().state_dict()
    return {name: merged[name] - weight.double() for name, weight in base.state_dict().items()}


def mean_change(base: LlamaForCausalLM, folders: list[Path], examples: list[int]) -> dict[str, torch.Tensor]:
    """The example-weighted mean of what the clients' adapters change."""
    mean = {name: torch.zeros_like(weight, dtype=torch.float64) for name, weight in base.state_dict().items()}
    for folder, count in zip(folders, examples):
        for name, change in merged_change(base, load(base, folder)).items():
            mean[name] += count / sum(examples) * change
    return mean


def truncate(change: torch.Tensor, rank: int) -> torch.Tensor:
    """The best approximation of a matrix at a rank."""
    u, s, vt = torch.linalg.svd(change, full_matrices=False)
    return (u[:, :rank] * s[:rank]) @ vt[:rank]


def rank_for_energy(change: torch.Tensor, tau: float) -> int:
    """The smallest rank that keeps a share tau of the squared Frobenius norm."""
    energy = torch.linalg.svdvals(change).square().cumsum(0)
    return int((energy < tau * energy[-1]).sum()) + 1
