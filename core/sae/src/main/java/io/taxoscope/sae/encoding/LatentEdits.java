package io.taxoscope.sae.encoding;

import io.taxoscope.sae.kernel.Codes;
import java.util.Comparator;
import java.util.List;

/** Suppresses or amplifies chosen latents of codes. */
public final class LatentEdits {
    private final List<Edit> ascending;

    /** @param edits at most one for each latent */
    public LatentEdits(List<Edit> edits) {
        this.ascending =
                edits.stream().sorted(Comparator.comparingInt(Edit::latent)).toList();
        for (int i = 1; i < ascending.size(); i++) {
            if (ascending.get(i).latent() == ascending.get(i - 1).latent()) {
                throw new IllegalArgumentException(
                        "two edits of latent " + ascending.get(i).latent());
            }
        }
    }

    /** What becomes of one latent's code. */
    public record Edit(int latent, Operation operation, float value) {
        public Edit {
            if (latent < 0 || !(value >= 0) || value == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("latent " + latent + " cannot become " + value);
            }
        }

        float of(float code) {
            return switch (operation) {
                case SET -> value;
                case SCALE -> value * code;
                case AT_MOST -> Math.min(value, code);
                case AT_LEAST -> Math.max(value, code);
            };
        }
    }

    /** How an edit's value is used. */
    public enum Operation {
        SET,
        SCALE,
        AT_MOST,
        AT_LEAST
    }

    /**
     * Writes the edited codes of the first {@code n} examples.
     *
     * @param to ragged codes, whose earlier content is lost
     * @return which examples have another code than before
     */
    public boolean[] apply(Codes from, int n, Codes to) {
        boolean[] changed_b = new boolean[n];
        for (int example = 0; example < n; example++) {
            to.clear(example);
            changed_b[example] = edit(from, example, to);
        }
        return changed_b;
    }

    private boolean edit(Codes from, int example, Codes to) {
        boolean changed = false;
        int at = from.start(example);
        for (Edit edit : ascending) {
            for (; at < from.end(example) && from.latent(at) < edit.latent(); at++) {
                to.add(example, from.latent(at), from.value(at));
            }
            boolean fires = at < from.end(example) && from.latent(at) == edit.latent();
            float before = fires ? from.value(at++) : 0;
            float after = edit.of(before);
            if (after != 0) {
                to.add(example, edit.latent(), after);
            }
            changed |= after != before;
        }
        for (; at < from.end(example); at++) {
            to.add(example, from.latent(at), from.value(at));
        }
        return changed;
    }
}
