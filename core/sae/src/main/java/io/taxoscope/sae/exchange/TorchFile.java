package io.taxoscope.sae.exchange;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.exchange.Unpickler.RefusedPickle;
import io.taxoscope.sae.exchange.Unpickler.Storage;
import io.taxoscope.sae.exchange.Unpickler.TensorView;
import io.taxoscope.store.DType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Tensors of a file that {@code torch.save} made of a state_dict: a zip with {@code <name>/data.pkl} and the bytes of each
 * storage in {@code <name>/data/<key>}. Nothing is unpacked to the disk, no entry may be compressed (PyTorch compresses
 * none, so a few bytes cannot become many), and {@link Unpickler} reads the pickle. Dictionaries may be nested a few deep;
 * their keys are then joined by dots, and a number in them is a tensor of one element.
 */
final class TorchFile implements TensorFile {
    private static final int MAX_PICKLE = 16 << 20;
    private static final int MAX_DEPTH = 4;
    private static final int MAX_NAMES = 10_000;
    private static final Pattern KEY = Pattern.compile("[0-9]{1,9}");

    private final String file;
    private final @Nullable Path copy;
    private final ZipFile zip;
    private final String prefix;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private TorchFile(String file, @Nullable Path copy, ZipFile zip, String prefix) {
        this.file = file;
        this.copy = copy;
        this.zip = zip;
        this.prefix = prefix;
    }

    /** Whether the zip has the pickle that torch.save leaves. */
    static boolean isTorch(ZipFile zip) {
        return pickle(zip) != null;
    }

    private static @Nullable ZipEntry pickle(ZipFile zip) {
        return zip.stream()
                .filter(entry -> entry.getName().matches("[^/]*/data\\.pkl"))
                .findFirst()
                .orElse(null);
    }

    /** Opens a file whose tensors are named then; fails with {@code WEIGHTS_UNREADABLE} and the reason. */
    static TorchFile open(Path path) {
        return open(path, 0);
    }

    /**
     * Opens a file that begins with {@code skipped} other bytes. A zip of PyTorch counts places from its own beginning, so
     * what follows them is copied to a temporary file.
     */
    static TorchFile open(Path path, long skipped) {
        String file = String.valueOf(path.getFileName());
        Path copy = null;
        try {
            copy = skipped == 0 ? null : copyFrom(path, skipped);
            return open(file, copy, copy == null ? path : copy);
        } catch (IOException | RuntimeException refused) {
            delete(copy);
            throw switch (refused) {
                case RefusedPickle pickle -> unreadable(file, "is refused: " + pickle.getMessage(), pickle);
                case IOException failure -> unreadable(file, "cannot be read: " + failure.getMessage(), failure);
                default -> (RuntimeException) refused;
            };
        }
    }

    private static TorchFile open(String file, @Nullable Path copy, Path path) throws IOException {
        ZipFile zip = new ZipFile(path.toFile());
        try {
            ZipEntry pickle = pickle(zip);
            if (pickle == null) {
                throw unreadable(file, "has no data.pkl", null);
            }
            String name = pickle.getName();
            String prefix = name.substring(0, name.length() - "data.pkl".length());
            var torch = new TorchFile(file, copy, zip, prefix);
            torch.load(pickle);
            return torch;
        } catch (IOException | RuntimeException refused) {
            zip.close();
            throw refused;
        }
    }

    private static Path copyFrom(Path path, long skipped) throws IOException {
        Path copy = Files.createTempFile("taxoscope", ".pt");
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(skipped);
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException failure) {
            delete(copy);
            throw failure;
        }
    }

    private static void delete(@Nullable Path copy) {
        try {
            if (copy != null) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException harmless) {
            // a temporary file that stays is no failure of what was asked
        }
    }

    private void load(ZipEntry pickle) throws IOException {
        requireLittleEndian();
        Object root = Unpickler.read(bytes(pickle, MAX_PICKLE));
        if (!(root instanceof Map<?, ?> map)) {
            throw unreadable(file, "holds no dictionary of tensors, but something else", null);
        }
        flatten("", map, 1);
        if (values.isEmpty()) {
            throw unreadable(file, "holds no tensor", null);
        }
    }

    private void requireLittleEndian() throws IOException {
        ZipEntry order = zip.getEntry(prefix + "byteorder");
        if (order != null && !"little".equals(new String(bytes(order, 16), StandardCharsets.US_ASCII))) {
            throw unreadable(file, "was written on a big-endian machine; save it again on a little-endian one", null);
        }
    }

    private void flatten(String path, Map<?, ?> map, int depth) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = path.isEmpty() ? entry.getKey().toString() : path + "." + entry.getKey();
            Object value = entry.getValue();
            if (value instanceof TensorView || value instanceof Long || value instanceof Double) {
                values.put(name, value);
            } else if (value instanceof Map<?, ?> inner && depth < MAX_DEPTH) {
                flatten(name, inner, depth + 1);
            }
            if (values.size() > MAX_NAMES) {
                throw unreadable(file, "has more than " + MAX_NAMES + " tensors", null);
            }
        }
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    @Override
    public DenseTensor tensor(String name) {
        return switch (values.get(name)) {
            case Long number -> new DenseTensor(name, List.of(), new float[] {number});
            case Double number -> new DenseTensor(name, List.of(), new float[] {number.floatValue()});
            case TensorView view -> dense(name, view);
            case null, default -> throw unreadable(file, "has no tensor " + name + "; it has " + values.keySet(), null);
        };
    }

    private DenseTensor dense(String name, TensorView view) {
        Storage storage = view.storage();
        DType dtype = TorchTypes.of(storage.type());
        MemorySegment bytes = MemorySegment.ofArray(storageBytes(name, storage, dtype));
        long[] sizes = checked(name, view);
        int count = 1;
        for (long size : sizes) {
            count = Math.toIntExact(count * size);
        }
        float[] values = new float[count];
        long[] index = new long[sizes.length];
        for (int i = 0; i < count; i++) {
            long at = view.offset();
            for (int axis = 0; axis < sizes.length; axis++) {
                at += index[axis] * view.strides().get(axis);
            }
            values[i] = Numbers.number(name, dtype, bytes, at);
            for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return new DenseTensor(name, view.sizes(), values);
    }

    /** The sizes, when the view lies within its storage and has no more elements than that. */
    private long[] checked(String name, TensorView view) {
        long elements = 1;
        long last = view.offset();
        boolean isGood = view.offset() >= 0
                && view.sizes().size() == view.strides().size()
                && view.sizes().size() <= 8;
        for (int axis = 0; isGood && axis < view.sizes().size(); axis++) {
            long size = view.sizes().get(axis);
            long stride = view.strides().get(axis);
            isGood = size >= 1 && size <= Integer.MAX_VALUE && stride >= 0 && stride <= Integer.MAX_VALUE;
            elements = isGood ? elements * size : 0;
            last += isGood ? (size - 1) * stride : 0;
            isGood = isGood && elements <= view.storage().elements();
        }
        if (!isGood || last < view.offset() || last >= view.storage().elements()) {
            throw unreadable(file, "describes a tensor %s that does not lie within its storage".formatted(name), null);
        }
        return view.sizes().stream().mapToLong(Long::longValue).toArray();
    }

    private byte[] storageBytes(String name, Storage storage, DType dtype) {
        if (!KEY.matcher(storage.key()).matches()) {
            throw unreadable(file, "keeps %s in '%s', which is no storage".formatted(name, storage.key()), null);
        }
        ZipEntry entry = zip.getEntry(prefix + "data/" + storage.key());
        if (entry == null) {
            throw unreadable(file, "lacks the storage " + storage.key() + " of " + name, null);
        }
        try {
            byte[] bytes = bytes(entry, Integer.MAX_VALUE - 64);
            if (storage.elements() < 0 || bytes.length / dtype.bytes() < storage.elements()) {
                throw unreadable(
                        file,
                        "has %d bytes for the %d numbers of %s".formatted(bytes.length, storage.elements(), name),
                        null);
            }
            return bytes;
        } catch (IOException failure) {
            throw unreadable(file, "cannot be read: " + failure.getMessage(), failure);
        }
    }

    private byte[] bytes(ZipEntry entry, int most) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new ZipException(entry.getName() + " is compressed, which torch.save never does");
        }
        if (entry.getSize() < 0 || entry.getSize() > most) {
            throw new ZipException(entry.getName() + " has " + entry.getSize() + " bytes");
        }
        try (var in = zip.getInputStream(entry)) {
            return in.readNBytes((int) entry.getSize());
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException harmless) {
            // it was only read
        }
        delete(copy);
    }

    private static TaxoscopeException unreadable(String file, String reason, @Nullable Throwable cause) {
        return new TaxoscopeException(SaeError.WEIGHTS_UNREADABLE, file + " " + reason, cause);
    }
}
