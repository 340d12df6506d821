package io.taxoscope.taxonomy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one line of {@code data.noun} (format: wndb(5WN)):
 *
 * <pre>offset lex_filenum n w_cnt(hex) word lex_id [word lex_id…] p_cnt [symbol offset pos source/target…] | gloss</pre>
 */
final class NounLine {
    private final byte[] file;
    private int at;

    NounLine(byte[] file, int start) {
        this.file = file;
        this.at = start;
    }

    /** The number in the line's first field, which must be the line's own position in the file. */
    int offset() {
        return (int) number(10);
    }

    List<String> lemmas() {
        skipFields(2);
        int count = (int) number(16);
        var lemmas = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            lemmas.add(field());
            skipFields(1);
        }
        return lemmas;
    }

    /** Moves past the words and adds the offsets of hypernyms ({@code @}) and instance hypernyms ({@code @i}). */
    void hypernymOffsets(IntList out) {
        skipFields(2);
        skipFields(2 * (int) number(16));
        long pointers = number(10);
        for (int i = 0; i < pointers; i++) {
            boolean isHypernym = file[at] == '@';
            skipFields(1);
            int target = (int) number(10);
            if (isHypernym) {
                out.add(target);
            }
            skipFields(2);
        }
    }

    String gloss() {
        while (file[at] != '|') {
            at++;
        }
        return new String(file, at + 1, lineEnd() - at - 1, StandardCharsets.UTF_8).strip();
    }

    int lineEnd() {
        int end = at;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        return end;
    }

    private String field() {
        int start = at;
        skipFields(1);
        return new String(file, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    private void skipFields(int count) {
        for (int i = 0; i < count; i++) {
            while (file[at++] != ' ') {}
        }
    }

    private long number(int radix) {
        long value = 0;
        for (; file[at] != ' '; at++) {
            value = value * radix + Character.digit(file[at], radix);
        }
        at++;
        return value;
    }
}
