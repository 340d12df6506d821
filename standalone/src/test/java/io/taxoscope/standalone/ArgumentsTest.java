package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void tellsWordsOptionsAndFlagsApart() {
        Arguments parsed = parse("file.yaml", "--follow", "--home", "/tmp/x y");
        assertThat(parsed.words()).containsExactly("file.yaml");
        assertThat(parsed.has("--follow")).isTrue();
        assertThat(parsed.option("--home")).contains("/tmp/x y");
        assertThat(parsed.number("--port", 8080)).isEqualTo(8080);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> parse("--colour", "red")).hasMessage("unknown option --colour");
        assertThatThrownBy(() -> parse("--home")).hasMessage("option --home needs a value");
        assertThatThrownBy(() -> parse("--port", "http").number("--port", 1))
                .hasMessage("option --port takes a number, not http");
    }

    private static Arguments parse(String... arguments) {
        return Arguments.parse(List.of(arguments), Set.of("--home", "--port"), Set.of("--follow"));
    }
}
