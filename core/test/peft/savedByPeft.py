"""Writes the folder savedByPeft beside this file: a small adapter as PEFT saves it, and what PEFT makes of it.

Run it with PEFT 0.21 installed. scales.json holds, per module, the rank and the scale in the adapter that PEFT
loads from the folder, and the Frobenius norms of B and A.
"""

import json
import os

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from torch import nn

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "savedByPeft")


def model():
    def layer():
        return nn.ModuleDict({"q_proj": nn.Linear(6, 8), "v_proj": nn.Linear(6, 4), "norm": nn.LayerNorm(6)})

    inner = nn.ModuleDict({"layers": nn.ModuleList([layer() for _ in range(3)])})
    return nn.ModuleDict({"model": inner, "head": nn.Linear(6, 5)})


def main():
    torch.manual_seed(0)
    config = LoraConfig(
        r=4,
        lora_alpha=16,
        use_rslora=True,
        init_lora_weights=False,
        target_modules=["q_proj", "v_proj", "head"],
        rank_pattern={r"layers\.[12]\.v_proj": 2, "^model.layers.0.q_proj": 3},
        alpha_pattern={"head": 2.5, "layers.1.q_proj": 5},
    )
    get_peft_model(model(), config).save_pretrained(FOLDER)
    os.remove(os.path.join(FOLDER, "README.md"))
    loaded = PeftModel.from_pretrained(model(), FOLDER)
    scales = {
        name: {
            "rank": layer.r["default"],
            "scale": layer.scaling["default"],
            "normB": layer.lora_B["default"].weight.norm().item(),
            "normA": layer.lora_A["default"].weight.norm().item(),
        }
        for name, layer in loaded.base_model.model.named_modules()
        if hasattr(layer, "lora_A")
    }
    with open(os.path.join(FOLDER, "scales.json"), "w") as file:
        json.dump(scales, file, indent=2)


main()
