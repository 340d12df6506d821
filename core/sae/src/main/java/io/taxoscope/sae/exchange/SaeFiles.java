package io.taxoscope.sae.exchange;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.SaeError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of one SAE by name: its tensors, and beside them what they mean. */
public final class SaeFiles {
    private static final List<String> TENSORS =
            List.of("sae_weights.safetensors", "sae.safetensors", "ae.safetensors", "sae.pt", "ae.pt", "model.pt");
    private static final int MAX_JSON = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Path> files;

    private SaeFiles(Map<String, Path> files) {
        this.files = new TreeMap<>(files);
    }

    /** @param files by the names that they have in their format, wherever they lie */
    public static SaeFiles of(Map<String, Path> files) {
        return new SaeFiles(files);
    }

    /** The files of a folder that may belong to an SAE. */
    public static SaeFiles ofFolder(Path folder) {
        Map<String, Path> found = new TreeMap<>();
        try (var inside = Files.newDirectoryStream(folder)) {
            for (Path file : inside) {
                String name = file.getFileName().toString();
                if (Files.isRegularFile(file) && name.matches(".*\\.(json|safetensors|pt|pth)")) {
                    found.put(name, file);
                }
            }
        } catch (IOException failure) {
            throw unreadable(folder + " cannot be listed: " + failure);
        }
        return new SaeFiles(found).pruned();
    }

    /** Leaves out what no layout reads, such as the files of an optimiser. */
    private SaeFiles pruned() {
        Map<String, Path> kept = new TreeMap<>();
        kept.put(tensorFile(), path(tensorFile()));
        for (String name : List.of("cfg.json", "config.json")) {
            if (files.containsKey(name)) {
                kept.put(name, path(name));
            }
        }
        return new SaeFiles(kept);
    }

    public Map<String, Path> byName() {
        return Map.copyOf(files);
    }

    /** The name of the file with the tensors: the one that a format prescribes, or the only one there is. */
    String tensorFile() {
        List<String> candidates =
                files.keySet().stream().filter(name -> !name.endsWith(".json")).toList();
        return TENSORS.stream().filter(files::containsKey).findFirst().orElseGet(() -> {
            if (candidates.size() != 1) {
                throw unreadable("among %s it is not clear which file has the tensors; give one of %s"
                        .formatted(files.keySet(), TENSORS));
            }
            return candidates.getFirst();
        });
    }

    /** A JSON file beside the tensors. */
    Optional<JsonNode> json(String name) {
        Path file = files.get(name);
        return file == null ? Optional.empty() : Optional.of(parse(name, start(file, MAX_JSON)));
    }

    /** The line of JSON before a torch file, as saev writes it. */
    Optional<JsonNode> header() {
        byte[] line = headerLine(path(tensorFile()));
        return line.length == 0 ? Optional.empty() : Optional.of(parse(tensorFile(), line));
    }

    /** The first line, when it begins as JSON does and a zip follows; else nothing. */
    private static byte[] headerLine(Path file) {
        byte[] start = start(file, MAX_JSON);
        int end = 0;
        while (end < start.length && start[end] != '\n') {
            end++;
        }
        boolean isHeader = end > 0
                && start[0] == '{'
                && isZip(Arrays.copyOfRange(start, Math.min(end + 1, start.length), start.length));
        return isHeader ? Arrays.copyOf(start, end) : new byte[0];
    }

    TensorFile open() {
        Path file = path(tensorFile());
        byte[] start = start(file, 9);
        if (isZip(start)) {
            return TorchFile.open(file);
        }
        byte[] header = headerLine(file);
        if (header.length > 0) {
            return TorchFile.open(file, header.length + 1);
        }
        if (start.length > 0 && (start[0] & 0xff) == 0x80) {
            throw unreadable(tensorFile() + " is a bare pickle, as PyTorch before 1.6 wrote it; load it in PyTorch and "
                    + "save its state_dict anew, or save it as safetensors");
        }
        return SafetensorsFile.open(file);
    }

    /** Whether the file is a zip that is no torch file, and so holds the files of an SAE. */
    public static boolean isArchive(Path file) {
        if (!isZip(start(file, 4))) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return !TorchFile.isTorch(zip);
        } catch (IOException broken) {
            throw unreadable(file.getFileName() + " is no readable zip: " + broken.getMessage());
        }
    }

    /** Two bytes would not do: a safetensors file whose header has 19,280 bytes begins with the same. */
    private static boolean isZip(byte[] start) {
        return start.length >= 4 && start[0] == 'P' && start[1] == 'K' && start[2] <= 5 && start[2] >= 3;
    }

    /** The name of a file that has lost its own: what its first bytes say that it is. */
    public static String nameOf(Path file) {
        byte[] start = start(file, 4);
        boolean isPickle = start.length > 0 && (start[0] & 0xff) == 0x80;
        return isPickle || isZip(start) || headerLine(file).length > 0 ? "sae.pt" : "sae.safetensors";
    }

    private Path path(String name) {
        Path file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no file " + name + " among " + files.keySet());
        }
        return file;
    }

    private static byte[] start(Path file, int most) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return in.readNBytes(most);
        } catch (IOException failure) {
            throw unreadable(file.getFileName() + " cannot be read: " + failure);
        }
    }

    private static JsonNode parse(String name, byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException malformed) {
            throw unreadable(name + " is no JSON: " + malformed.getOriginalMessage());
        }
    }

    static TaxoscopeException unreadable(String message) {
        return new TaxoscopeException(SaeError.WEIGHTS_UNREADABLE, message);
    }
}
