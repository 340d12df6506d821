package io.taxoscope.standalone.cli;

import io.taxoscope.standalone.StandaloneError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * An experiment as a YAML or JSON file. Paths in it are meant relative to the file; the services get them absolute. A
 * preprocessing may be a path too: what stands there takes its place. All else is left for the gateway to judge.
 */
record ExperimentFile(Map<String, Object> document) {
    static ExperimentFile read(Path file) {
        Map<String, Object> document = mapping(file, "experiment");
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            resolve(document, "model", folder);
            resolve(document, "dataset", folder);
            readPreprocessing(document, folder);
        }
        return new ExperimentFile(document);
    }

    private static Map<String, Object> mapping(Path file, String what) {
        try {
            Object parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            if (!(parsed instanceof Map<?, ?> members)) {
                throw StandaloneError.USAGE.because(file + " holds no " + what + ": it must be a mapping");
            }
            return copy(members);
        } catch (YAMLException malformed) {
            throw StandaloneError.USAGE.because(
                    file + " is neither YAML nor JSON: " + malformed.getMessage(), malformed);
        } catch (IOException failure) {
            throw StandaloneError.USAGE.because("cannot read " + file + ": " + failure, failure);
        }
    }

    /** So that several documents and tools can share one file. */
    private static void readPreprocessing(Map<String, Object> document, Path folder) {
        if (document.get("model") instanceof Map<?, ?> described
                && described.get("preprocessing") instanceof String path) {
            Map<String, Object> changed = copy(described);
            changed.put("preprocessing", mapping(folder.resolve(path), "preprocessing"));
            document.put("model", changed);
        }
    }

    private static void resolve(Map<String, Object> document, String part, Path folder) {
        if (!(document.get(part) instanceof Map<?, ?> described)
                || !(described.get("source") instanceof Map<?, ?> source)
                || !(source.get("path") instanceof String path)) {
            return;
        }
        Map<String, Object> absolute = copy(source);
        absolute.put("path", folder.resolve(path).normalize().toString());
        Map<String, Object> changed = copy(described);
        changed.put("source", absolute);
        document.put(part, changed);
    }

    private static Map<String, Object> copy(Map<?, ?> members) {
        var copy = new LinkedHashMap<String, Object>();
        members.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
