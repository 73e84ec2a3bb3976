# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Entries of the transformers package that read text."""

from __future__ import annotations

from corpus.transformers_recipe import Recipe

_RECIPES = {
    "hf_bert": Recipe("BertModel", "masked"),
    "hf_bert_qa_dynamic": Recipe(
        "BertForQuestionAnswering", "masked", family="bert", attention="eager", dynamic=True
    ),
    "hf_bert_base": Recipe(
        "BertModel",
        "masked",
        family="bert",
        skip=("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size"),
        big=True,
    ),
    "hf_roberta": Recipe("RobertaForSequenceClassification", "masked"),
    "hf_distilbert": Recipe("DistilBertForSequenceClassification", "masked"),
    "hf_albert": Recipe("AlbertModel", "masked"),
    "hf_deberta": Recipe(
        "DebertaModel",
        "masked",
        {"relative_attention": True, "pos_att_type": ["c2p", "p2c"], "max_relative_positions": 32},
    ),
    "hf_mpnet": Recipe("MPNetModel", "masked"),
    "hf_mobilebert": Recipe(
        "MobileBertModel",
        "masked",
        {"hidden_size": 32, "intra_bottleneck_size": 16, "embedding_size": 24},
    ),
    "hf_fnet": Recipe("FNetModel", "tokens"),
    "hf_roformer": Recipe("RoFormerModel", "masked"),
    "hf_canine": Recipe("CanineModel", "masked", {"local_transformer_stride": 16}, length=32),
    "hf_modernbert": Recipe(
        "ModernBertModel", "masked", {"global_attn_every_n_layers": 2, "local_attention": 8}
    ),
    "hf_big_bird": Recipe("BigBirdModel", "masked", {"attention_type": "original_full"}),
    "hf_lilt": Recipe(
        "LayoutLMModel", "boxes", {"max_2d_position_embeddings": 64}, family="layoutlm"
    ),
    "hf_xlnet": Recipe(
        "XLNetModel",
        "masked",
        {"d_model": 32, "n_layer": 2, "n_head": 4, "d_inner": 48, "vocab_size": 100},
    ),
    "hf_gpt2": Recipe("GPT2LMHeadModel", "tokens"),
    "hf_gpt2_masked": Recipe(
        "GPT2Model", "fully_masked", family="gpt2", attention="eager", dynamic=True
    ),
    "hf_gpt_neo": Recipe(
        "GPTNeoForCausalLM",
        "tokens",
        {"num_layers": 2, "attention_types": [[["global", "local"], 1]], "window_size": 4},
    ),
    "hf_gptj": Recipe("GPTJForCausalLM", "tokens", {"rotary_dim": 4}),
    "hf_codegen": Recipe("CodeGenForCausalLM", "tokens", {"rotary_dim": 4}),
    "hf_openai_gpt": Recipe("OpenAIGPTLMHeadModel", "tokens"),
    "hf_bloom": Recipe("BloomForCausalLM", "fully_masked"),
    "hf_opt": Recipe("OPTForCausalLM", "fully_masked"),
    "hf_biogpt": Recipe("BioGptForCausalLM", "tokens"),
    "hf_llama": Recipe("LlamaForCausalLM", "tokens"),
    "hf_llama_masked_dynamic": Recipe(
        "LlamaForCausalLM", "fully_masked", family="llama", attention="eager", dynamic=True
    ),
    "hf_mistral": Recipe("MistralForCausalLM", "tokens", {"sliding_window": 6}),
    "hf_qwen2": Recipe("Qwen2ForCausalLM", "fully_masked"),
    "hf_gemma": Recipe("GemmaForCausalLM", "tokens"),
    "hf_phi": Recipe("PhiForCausalLM", "tokens"),
    "hf_falcon": Recipe("FalconForCausalLM", "tokens"),
    "hf_olmo": Recipe("OlmoForCausalLM", "tokens"),
    "hf_granite": Recipe("GraniteForCausalLM", "tokens"),
    "hf_nemotron": Recipe("NemotronForCausalLM", "tokens"),
    "hf_mamba": Recipe("MambaForCausalLM", "tokens", {"state_size": 4}),
    "hf_t5": Recipe("T5ForConditionalGeneration", "seq2seq", skip=("num_decoder_layers",)),
    "hf_mt5": Recipe("MT5Model", "seq2seq", {"num_layers": 1, "num_decoder_layers": 1}),
    "hf_bart": Recipe("BartForConditionalGeneration", "seq2seq"),
    "hf_mbart": Recipe("MBartModel", "seq2seq"),
    "hf_pegasus": Recipe("PegasusForConditionalGeneration", "seq2seq"),
    "hf_m2m_100": Recipe("M2M100Model", "seq2seq"),
    "hf_prophetnet": Recipe(
        "ProphetNetModel",
        "seq2seq",
        {
            "hidden_size": 32,
            "num_encoder_layers": 2,
            "num_decoder_layers": 2,
            "num_encoder_attention_heads": 4,
            "num_decoder_attention_heads": 4,
            "encoder_ffn_dim": 48,
            "decoder_ffn_dim": 48,
            "vocab_size": 100,
        },
    ),
}

ENTRIES = tuple(recipe.entry(name) for name, recipe in _RECIPES.items())
