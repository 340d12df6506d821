package io.taxoscope.taxonomy.scoring;

/** Hears how far a scoring is; may throw to stop it. Called by one thread at a time. */
public interface ScoringProgress {
    ScoringProgress IGNORED = latents -> {};

    /** @param latents how many of all are done */
    void latentsScored(int latents);
}
