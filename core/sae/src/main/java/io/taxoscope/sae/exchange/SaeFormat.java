package io.taxoscope.sae.exchange;

/** How tools lay an SAE down in files; docs/formats.md describes each with its traps. */
public enum SaeFormat {
    /** {@code cfg.json} and {@code sae_weights.safetensors} (SAELens 6; older {@code cfg.json} too). */
    SAE_LENS,
    /** {@code cfg.json} and {@code sae.safetensors} (EleutherAI's sparsify). */
    SPARSIFY,
    /** {@code config.json} and {@code ae.pt}, or the same tensors in {@code ae.safetensors} (dictionary_learning). */
    DICTIONARY_LEARNING,
    /** A line of JSON and then a torch file (saev). */
    SAEV,
    /** A state_dict with {@code encoder.final_block.*} and {@code dictionary._weights} (overcomplete). */
    OVERCOMPLETE,
    /** A state_dict with {@code pre_bias} and {@code latent_bias} (MSAE). */
    MSAE,
    /** A state_dict with {@code W_enc}, {@code b_enc}, {@code W_dec} and {@code b_dec}, each matrix either way round. */
    STATE_DICT,
    /** One safetensors file that says everything itself: ours. */
    TAXOSCOPE
}
