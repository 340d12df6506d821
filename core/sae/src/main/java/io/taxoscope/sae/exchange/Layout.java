package io.taxoscope.sae.exchange;

import java.util.Set;

/** How one tool lays out its SAEs. */
interface Layout {
    SaeFormat format();

    /** Whether these files look like the tool's; never more than one layout says so of files that a tool made. */
    boolean recognises(SaeFiles files, Set<String> tensorNames);

    /** Fails with {@code WEIGHTS_UNREADABLE} when the files are not the tool's, or say what no SAE of ours can do. */
    StoredSae read(Opened in);
}
