package io.taxoscope.api.sae;

/** How tools lay an SAE down in files; docs/formats.md describes each with its traps. */
public enum SaeFileFormat {
    /** {@code cfg.json} and {@code sae_weights.safetensors}. */
    SAE_LENS,
    /** {@code cfg.json} and {@code sae.safetensors}. */
    SPARSIFY,
    /** {@code config.json} and {@code ae.pt}; exported as {@code ae.safetensors}. */
    DICTIONARY_LEARNING,
    /** A line of JSON and then a torch file. Import alone. */
    SAEV,
    /** A state_dict in a torch file. Import alone. */
    OVERCOMPLETE,
    /** A state_dict in a torch file. Import alone. */
    MSAE,
    /** W_enc, b_enc, W_dec and b_dec in a torch or safetensors file. Import alone. */
    STATE_DICT,
    /** One safetensors file that says everything itself. */
    TAXOSCOPE
}
