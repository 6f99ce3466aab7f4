"""Writes getPatternKey.jsonl beside this file: which key PEFT itself picks, for many names and pattern maps.

Run it with PEFT 0.21 installed. Each row is [keys, module, key picked]; the key picked equals the module's name
where no key matches.
"""

import itertools
import json
import os

from peft.utils.other import get_pattern_key

MODULES = [
    "q_proj",
    "model.layers.0.self_attn.q_proj",
    "model.layers.10.self_attn.q_proj",
    "encoder.model.layers.0.self_attn.q_proj",
    "model.layers.0.self_attn.xq_proj",
    "model-layers.0.self_attn.q_proj",
    "model.layers.0.mlp.experts.11.down_proj",
    "transformer.h.3.attn.c_attn",
    "to_out.0",
    "a.b",
    "axb",
    "z.axb",
]
KEYS = [
    "q_proj",
    "q_proj$",
    "^q_proj",
    "_proj",
    "model.layers.0.self_attn.q_proj",
    "^model.layers.0.self_attn.q_proj",
    r"^model\.layers\.0\.self_attn\.q_proj",
    r"model\.layers\.0\.self_attn\.q_proj$",
    "encoder.model.layers.0.self_attn.q_proj",
    "layers.0.self_attn.q_proj",
    "self_attn.q_proj",
    "model.layers.1.self_attn.q_proj",
    r"layers\.(0|1)\..*",
    r"layers\.[0-9]+\.self_attn\.(q|k)_proj",
    r".*\.q_proj",
    r".*q_proj",
    ".*",
    "",
    "0",
    r"\d+",
    r"experts\.\d{2}\.down_proj",
    "(?P<kind>q|v)_proj",
    "c_attn|q_proj",
    "q_proj|c_attn",
    "a)|(b",
    "model)|(c_attn",
    "a.b",
    r"a\.b",
    "a[.]b",
    "a[^.]b",
    "^a.b$",
    "^(?:z.)?a.b",
    "model",
    "^model",
    "model.*",
    r"\bq_proj",
    r"\w+_proj",
    "Q_PROJ",
    "[qx]+_proj",
    "x?q_proj",
    "q_proj.",
    "q_proj^",
    "model-layers.0.self_attn.q_proj",
    r"(.*\.)?q_proj",
]


def picked(keys, module):
    key = get_pattern_key(keys, module)
    return keys.index(key) if key in keys else None


def main():
    maps = [[key] for key in KEYS]
    maps += [list(pair) for pair in itertools.permutations(KEYS, 2)][::7]
    maps += [KEYS[i::7] for i in range(7)] + [KEYS[::-1][i::7] for i in range(7)]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "getPatternKey.jsonl")
    with open(path, "w") as file:
        file.write(json.dumps(MODULES) + "\n")
        file.writelines(json.dumps([keys, [picked(keys, module) for module in MODULES]]) + "\n" for keys in maps)


main()
