package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.ScoreName;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A bound on one score, such as {@code AP>=0.3}; a latent without the score does not pass. */
record ScoreFilter(ScoreName score, boolean atLeast, double bound) {
    private static final Pattern FORM = Pattern.compile("([A-Z0-9_]+)(>=|<=)([-+.0-9eE]+)");

    static ScoreFilter of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw refusal(text, "write NAME>=NUMBER or NAME<=NUMBER, such as AP>=0.3");
        }
        return new ScoreFilter(score(text, form.group(1)), form.group(2).equals(">="), number(text, form.group(3)));
    }

    private static ScoreName score(String text, String name) {
        return Arrays.stream(ScoreName.values())
                .filter(score -> score.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> refusal(text, name + " is no score; scores are " + Arrays.toString(ScoreName.values())));
    }

    private static double number(String text, String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException malformed) {
            throw refusal(text, digits + " is no number");
        }
    }

    private static RuntimeException refusal(String text, String reason) {
        return ScoringError.FILTER_INVALID.because("where=" + text + ": " + reason);
    }

    String sql() {
        return "(scores ->> '%s')::float8 %s ?".formatted(score, atLeast ? ">=" : "<=");
    }
}
