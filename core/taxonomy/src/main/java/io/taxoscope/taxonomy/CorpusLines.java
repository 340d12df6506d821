package io.taxoscope.taxonomy;

import java.util.regex.Pattern;

/** Reads the lines of a corpus file. */
final class CorpusLines {
    private static final Pattern ENTRY =
            Pattern.compile("(\\d{1,8})([nv])\\s+(\\d+(?:\\.\\d+)?(?:[eE]\\+?\\d+)?)(\\s+ROOT)?\\s*");

    private CorpusLines() {}

    /** Fills {@code below} and returns the sum of the roots. */
    static double read(WordNet wordNet, String file, double[] below, LineErrors errors) {
        var lines = file.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith("wnver::")) {
            errors.add("informationContent", 1, "is not the header: a corpus file starts with wnver::");
            return 0;
        }
        double roots = 0;
        for (int i = 1; i < lines.size(); i++) {
            var entry = ENTRY.matcher(lines.get(i));
            if (!entry.matches()) {
                errors.add("informationContent", i + 1, "is no entry such as 1740n 1915712 ROOT");
            } else if (entry.group(2).equals("n")) {
                double count = Double.parseDouble(entry.group(3));
                var node = wordNet.dag().find(WordNet.wnid(Integer.parseInt(entry.group(1))));
                if (node.isEmpty()) {
                    errors.add(
                            "informationContent",
                            i + 1,
                            "has the offset " + entry.group(1) + ", where WordNet 3.0 has no noun synset: a file of"
                                    + " another version?");
                } else {
                    below[node.getAsInt()] = count;
                }
                roots += entry.group(4) == null ? 0 : count;
            }
        }
        if (roots == 0 && errors.isEmpty()) {
            errors.add("informationContent", "has no noun that is marked ROOT and has a count");
        }
        return roots;
    }
}
