package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labels of images that lie in no class folders. Three forms, told by their content: one label a line in the order of the
 * images' names (ILSVRC2012_validation_ground_truth.txt), a CSV with the columns {@code path} and {@code label} or, as Kaggle
 * has it, {@code ImageId} and {@code PredictionString}, and lines {@code path<TAB>label} (val_annotations.txt).
 *
 * @param byName by the file's name without its folders; empty when {@code inOrder} holds
 * @param inOrder of the sorted names
 */
record LabelFile(Map<String, String> byName, List<String> inOrder) {
    /** The name that ImageNet's development kit gives to the file. */
    static final String ILSVRC = "ILSVRC2012_validation_ground_truth.txt";

    LabelFile {
        byName = Map.copyOf(byName);
        inOrder = List.copyOf(inOrder);
    }

    static LabelFile read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (MalformedInputException binary) {
            throw unreadable("it is no UTF-8 text");
        }
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            throw unreadable("it is empty");
        }
        if (lines.getFirst().contains("\t")) {
            return tabs(lines);
        }
        return lines.getFirst().contains(",")
                ? csv(Csv.parse(text))
                : new LabelFile(Map.of(), lines.stream().map(String::strip).toList());
    }

    private static LabelFile tabs(List<String> lines) {
        Map<String, String> labels = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (fields.length < 2) {
                throw unreadable("the line '" + line + "' has no second column");
            }
            add(labels, fields[0], fields[1]);
        }
        return new LabelFile(labels, List.of());
    }

    private static LabelFile csv(List<List<String>> records) {
        List<String> header = records.getFirst().stream().map(String::strip).toList();
        boolean isKaggle = header.contains("ImageId") && header.contains("PredictionString");
        int path = header.indexOf(isKaggle ? "ImageId" : "path");
        int label = header.indexOf(isKaggle ? "PredictionString" : "label");
        if (path < 0 || label < 0) {
            throw unreadable(
                    "its first line " + header + " names neither path and label nor ImageId and PredictionString");
        }
        Map<String, String> labels = new HashMap<>();
        for (List<String> record : records.subList(1, records.size())) {
            if (record.size() != header.size()) {
                throw unreadable("the record " + record + " does not have " + header.size() + " fields");
            }
            // Kaggle's prediction is a label and its boxes, and may repeat.
            String value = record.get(label).strip();
            add(labels, record.get(path), isKaggle ? value.split(" ", 2)[0] : value);
        }
        return new LabelFile(labels, List.of());
    }

    private static void add(Map<String, String> labels, String path, String label) {
        if (labels.put(stem(path.strip()), label.strip()) != null) {
            throw unreadable("it names " + path + " twice");
        }
    }

    /** Kaggle leaves the extension out, and folders differ from one place to another. */
    private static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** The labels of these images; null stands for one that is not named. */
    Labelling of(List<String> paths) {
        if (inOrder.isEmpty()) {
            return path -> byName.get(stem(path));
        }
        String[] sorted = paths.stream().sorted().toArray(String[]::new);
        if (sorted.length != inOrder.size()) {
            throw unreadable("it has %d lines for %d images".formatted(inOrder.size(), sorted.length));
        }
        return path -> label(Arrays.binarySearch(sorted, path));
    }

    private @Nullable String label(int index) {
        return index < 0 ? null : inOrder.get(index);
    }

    private static TaxoscopeException unreadable(String why) {
        return ActivationError.DATASET_UNREADABLE.at("labelFile", "cannot be read as labels: " + why);
    }
}
