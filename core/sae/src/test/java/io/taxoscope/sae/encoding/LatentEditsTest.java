package io.taxoscope.sae.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.sae.encoding.LatentEdits.Edit;
import io.taxoscope.sae.encoding.LatentEdits.Operation;
import io.taxoscope.sae.kernel.Codes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatentEditsTest {
    /** The second example has latents 1 (0.5), 4 (2) and 7 (3); the first none. */
    @ParameterizedTest
    @CsvSource({
        "SET, 4, 0, 1=0.5 7=3.0, false, true",
        "SET, 5, 1.5, 1=0.5 4=2.0 5=1.5 7=3.0, true, true",
        "SCALE, 7, 2, 1=0.5 4=2.0 7=6.0, false, true",
        "SCALE, 6, 2, 1=0.5 4=2.0 7=3.0, false, false",
        "AT_MOST, 1, 0.25, 1=0.25 4=2.0 7=3.0, false, true",
        "AT_LEAST, 0, 0.25, 0=0.25 1=0.5 4=2.0 7=3.0, true, true",
    })
    void changesOneLatent(
            Operation operation, int latent, float value, String expected, boolean first, boolean second) {
        Codes edited = Codes.ragged(2);
        boolean[] changed = new LatentEdits(List.of(new Edit(latent, operation, value))).apply(codes(), 2, edited);
        assertThat(text(edited, 1)).isEqualTo(expected);
        assertThat(changed).containsExactly(first, second);
    }

    @Test
    void changesSeveralInOnePass() {
        Codes edited = Codes.ragged(2);
        new LatentEdits(List.of(
                        new Edit(9, Operation.SET, 1),
                        new Edit(1, Operation.SET, 0),
                        new Edit(4, Operation.SCALE, .5f)))
                .apply(codes(), 2, edited);
        assertThat(text(edited, 0)).isEqualTo("9=1.0");
        assertThat(text(edited, 1)).isEqualTo("4=1.0 7=3.0 9=1.0");
    }

    @Test
    void refusesTwoEditsOfOneLatentAndCodesBelowZero() {
        Edit edit = new Edit(3, Operation.SET, 0);
        assertThatThrownBy(() -> new LatentEdits(List.of(edit, edit))).hasMessageContaining("latent 3");
        assertThatThrownBy(() -> new Edit(3, Operation.SET, -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Edit(3, Operation.SET, Float.NaN)).hasMessageContaining("NaN");
    }

    private static Codes codes() {
        Codes codes = Codes.ragged(2);
        codes.clear(0);
        codes.clear(1);
        codes.add(1, 1, .5f);
        codes.add(1, 4, 2);
        codes.add(1, 7, 3);
        return codes;
    }

    private static String text(Codes codes, int example) {
        StringBuilder text = new StringBuilder();
        for (int at = codes.start(example); at < codes.end(example); at++) {
            text.append(codes.latent(at)).append('=').append(codes.value(at)).append(' ');
        }
        return text.toString().strip();
    }
}
