package io.taxoscope.standalone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line: words, {@code --option VALUE} pairs and {@code --flags}. What a command does not know is refused. */
public final class Arguments {
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();
    private final List<String> flags = new ArrayList<>();

    private Arguments() {}

    public static Arguments parse(List<String> arguments, Set<String> knownOptions, Set<String> knownFlags) {
        var parsed = new Arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                parsed.words.add(argument);
            } else if (knownFlags.contains(argument)) {
                parsed.flags.add(argument);
            } else if (!knownOptions.contains(argument)) {
                throw StandaloneError.USAGE.because("unknown option " + argument);
            } else if (i + 1 == arguments.size()) {
                throw StandaloneError.USAGE.because("option " + argument + " needs a value");
            } else {
                parsed.options.put(argument, arguments.get(++i));
            }
        }
        return parsed;
    }

    public List<String> words() {
        return List.copyOf(words);
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    public int number(String name, int otherwise) {
        String text = options.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw StandaloneError.USAGE.because("option " + name + " takes a number, not " + text, none);
        }
    }
}
