package io.taxoscope.taxonomy.scoring;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.taxonomy.TaxonomyError;
import io.taxoscope.taxonomy.scoring.CodeSource.CodeBlock;
import java.util.stream.IntStream;

/** Hands each active entry of a block to whoever keeps the latent's numbers; latents are split among threads. */
final class CodePass {
    private CodePass() {}

    interface EntryVisitor {
        void active(int latent, int example, float value);
    }

    static void over(CodeBlock block, int from, int to, EntryVisitor visitor) {
        int parts = Math.min(to - from, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, parts)
                .parallel()
                .forEach(part -> visit(
                        block,
                        from + (int) ((long) (to - from) * part / parts),
                        from + (int) ((long) (to - from) * (part + 1) / parts),
                        visitor));
    }

    private static void visit(CodeBlock block, int from, int to, EntryVisitor visitor) {
        for (int row = 0; row < block.rows(); row++) {
            int end = block.end(row);
            int example = block.firstExample() + row;
            for (int at = firstAtLeast(block, row, from); at < end && block.latent(at) < to; at++) {
                float value = block.value(at);
                if (value > 0) {
                    visitor.active(block.latent(at), example, finite(value, block.latent(at), example));
                } else if (Float.isNaN(value)) {
                    throw notFinite(value, block.latent(at), example);
                }
            }
        }
    }

    private static int firstAtLeast(CodeBlock block, int row, int latent) {
        int low = block.begin(row);
        int high = block.end(row);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (block.latent(middle) < latent) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static float finite(float value, int latent, int example) {
        if (Float.isInfinite(value)) {
            throw notFinite(value, latent, example);
        }
        return value;
    }

    private static TaxoscopeException notFinite(float value, int latent, int example) {
        return new TaxoscopeException(
                TaxonomyError.CODES_NOT_FINITE,
                "latent " + latent + " has the value " + value + " on example " + example
                        + ": encode again with a sound SAE and sound activations");
    }
}
