"""Clients that fine-tune a small, randomly initialised Llama with PEFT, each in its own way."""

import copy
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

VOCABULARY = 97
STEPS = 6
LEARNING_RATE = 2e-2
BATCH, TOKENS = 4, 24


@dataclass
class Client:
    """How one client trains: what it calls itself, how many examples it claims, its LoRA settings."""

    name: str
    num_examples: int
    lora: dict
    dtype: torch.dtype = torch.float32


CLIENTS = [
    Client("plain", 1200, {"r": 4, "lora_alpha": 8}),
    Client("larger", 350, {"r": 8, "lora_alpha": 16}),
    Client("rank-stabilised", 2400, {"r": 16, "lora_alpha": 16, "use_rslora": True}),
    Client(
        "patterns",
        800,
        {
            "r": 6,
            "lora_alpha": 6,
            "rank_pattern": {"q_proj": 12, "layers.1.self_attn.v_proj": 3},
            "alpha_pattern": {"layers.0.self_attn.q_proj": 20},
        },
    ),
    Client("bfloat16", 1500, {"r": 8, "lora_alpha": 32}, torch.bfloat16),
    Client("single-example", 1, {"r": 2, "lora_alpha": 1}),
]


def make_base() -> LlamaForCausalLM:
    """The base model that all clients share; grouped-query attention makes v_proj narrow."""
    torch.manual_seed(0)
    shape = {"hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 3}
    heads = {"num_attention_heads": 4, "num_key_value_heads": 2}
    return LlamaForCausalLM(LlamaConfig(vocab_size=VOCABULARY, **shape, **heads)).eval()


def train(base: LlamaForCausalLM, client: Client, seed: int, folder: Path) -> None:
    """Trains a fresh adapter for a few steps on random tokens and saves it as PEFT does."""
    torch.manual_seed(seed)
    config = LoraConfig(target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM", **client.lora)
    model = get_peft_model(copy.deepcopy(base), config).train()
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=LEARNING_RATE)
    for _ in range(STEPS):
        tokens = torch.randint(VOCABULARY, (BATCH, TOKENS))
        loss = model(input_ids=tokens, labels=tokens).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    for weight in trained:
        weight.data = weight.data.to(client.dtype)
    model.save_pretrained(folder)
