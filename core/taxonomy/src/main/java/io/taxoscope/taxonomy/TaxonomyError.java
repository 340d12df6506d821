package io.taxoscope.taxonomy;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;

/** What can go wrong between labels, synsets and scores. */
public enum TaxonomyError implements ErrorCode {
    SYNSET_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** A synset that exists, but neither is a class of this taxonomy nor lies above one. */
    SYNSET_OUTSIDE_TAXONOMY(ErrorKind.INVALID),
    /** An uploaded taxonomy or corpus file with a cycle, unknown parents, repeated or broken lines; the errors name the lines. */
    TAXONOMY_INVALID(ErrorKind.INVALID),
    LABELS_UNRESOLVED(ErrorKind.INVALID),
    /** Labels in the mapping that no example carries. */
    EMPTY_CLASS(ErrorKind.INVALID),
    TOO_FEW_CLASSES(ErrorKind.INVALID),
    TOP_K_TOO_LARGE(ErrorKind.INVALID),
    CODES_NOT_FINITE(ErrorKind.INVALID),
    CODES_DO_NOT_FIT(ErrorKind.INVALID),
    WORDNET_DAMAGED(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    TaxonomyError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
