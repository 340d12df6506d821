package io.taxoscope.sae.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.TaxoscopeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that mean harm. Opcodes are those of Python's pickletools. */
class UnpicklerTest {
    private static final String TENSOR = "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\n(X\6\0\0\0rm -rft R.",
                "cposix\nsystem\n)R.",
                "cbuiltins\neval\n(X\3\0\0\0111tR.",
                "cbuiltins\ngetattr\n.",
                "csubprocess\nPopen\n)R.",
                "ctorch\nload\n.",
                "ctorch.storage\n_load_from_bytes\n.",
                "ccollections\nOrderedDict\n\u0081.",
                "c__builtin__\nexec\n."
            })
    void refusesEveryNameButTensorsAndDictionaries(String program) {
        assertRefused(program, "would call|opcode");
    }

    @Test
    void refusesTheSameNamesByStackGlobal() {
        assertRefused("\u008c\2os\u008c\6system\u0093)R.", "would call 'os.system'");
    }

    @Test
    void refusesToCallAnythingElse() {
        assertRefused("(K\1K\2t)R.", "no function");
        assertRefused("ctorch\nFloatStorage\n)R.", "calls torch FloatStorage");
        assertRefused("ccollections\nOrderedDict\n((X\1\0\0\0aK\1ttR.", "OrderedDict");
        assertRefused("]}b.", "no dictionary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"i", "o", "\u0082\1", "\u0098", "P1\n", "B\1\0\0\0a", "C\1a", "\u0092", "V1\n", "I1\n", "F1\n"})
    void refusesOpcodesThatNoStateDictNeeds(String opcode) {
        assertRefused(opcode + ".", "opcode");
    }

    @Test
    void refusesBrokenPrograms() {
        assertRefused("", "without STOP");
        assertRefused("}", "without STOP");
        assertRefused(".", "empty stack");
        assertRefused("t.", "never began");
        assertRefused("h\7.", "never remembered");
        assertRefused("X\1", "middle");
        assertRefused("K\1K\2s.", "empty stack");
        assertRefused("K\1(K\2K\3u.", "holds none");
        assertRefused("}(K\1u.", "holds none");
        assertRefused("\u0080\1.", "protocol 1");
        assertRefused("X\377\377\377\177.", "text of");
        assertRefused("\u008a\20" + "a".repeat(16) + ".", "number of 16 bytes");
    }

    @Test
    void doesNotHashWhatContainsItself() {
        assertRefused("}q\0h\0K\1s.", "dictionary key");
        assertRefused("}]q\0h\0aK\1s.", "dictionary key");
    }

    @Test
    void bearsListsWithinListsThatWouldFillTheWorld() {
        StringBuilder bomb = new StringBuilder("]q\0");
        for (int level = 1; level < 100; level++) {
            bomb.append("](")
                    .append(("h" + (char) (level - 1)).repeat(10))
                    .append("eq")
                    .append((char) level);
        }
        assertThat(Unpickler.read(bytes(bomb + "."))).isInstanceOf(java.util.List.class);
    }

    @Test
    void endsWhatTakesTooLong() {
        assertRefused("}".repeat(200_000) + ".", "keeps more");
        assertRefused("(".repeat(200_000) + ".", "keeps more");
        assertRefused("K\1" + "\u0094".repeat(600_000) + ".", "keeps more");
    }

    @Test
    void doesNotFollowDictionariesThatContainThemselves(@TempDir Path folder) throws IOException {
        Path file = torch(folder, "}q\0(X\1\0\0\0ah\0X\1\0\0\0bK\5u.", Map.of());
        try (TorchFile tensors = TorchFile.open(file)) {
            assertThat(tensors.names()).contains("b", "a.b", "a.a.b").hasSizeLessThan(10);
        }
        StringBuilder wide = new StringBuilder("}q\0");
        for (int level = 1; level <= 3; level++) {
            wide.append("}(");
            for (int i = 0; i < 30; i++) {
                wide.append("K").append((char) (i + 1)).append("h").append((char) (level - 1));
            }
            wide.append("uq").append((char) level);
        }
        Path bomb = torch(folder, "}q\0X\1\0\0\0aK\1s" + wide.substring(3) + ".", Map.of());
        assertThatThrownBy(() -> TorchFile.open(bomb)).hasMessageContaining("more than 10000 tensors");
    }

    @Test
    void readsATensorByItsStrides(@TempDir Path folder) throws IOException {
        Path file = torch(folder, dictOf("0", 6, 1, "(K\2K\2t(K\1K\2t"), Map.of("0", floats(6)));
        try (TorchFile tensors = TorchFile.open(file)) {
            assertThat(tensors.tensor("w").matrix(2, 2)).containsExactly(1, 3, 2, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(K\3K\3t(K\3K\1t", // more elements than the storage has
                "(K\2t(K\6t", // reaches behind its end
                "(K\6K\1t(K\0K\0t", // six views of one number are six numbers, and a seventh is one too many:
                "(K\2t(K\1K\1t", // more strides than sizes
                "(J\377\377\377\377t(K\1t", // a negative size
                "(K\2t(J\377\377\377\377t" // a negative stride
            })
    void refusesTensorsThatDoNotLieWithinTheirStorage(String sizesAndStrides, @TempDir Path folder) throws IOException {
        Path file = torch(folder, dictOf("0", 6, 5, sizesAndStrides), Map.of("0", floats(6)));
        try (TorchFile tensors = TorchFile.open(file)) {
            if (sizesAndStrides.startsWith("(K\6K\1")) {
                assertThat(tensors.tensor("w").values()).containsOnly(5);
            } else {
                assertThatThrownBy(() -> tensors.tensor("w")).hasMessageContaining("does not lie within its storage");
            }
        }
    }

    @Test
    void refusesStoragesThatAreNotThereOrTooShort(@TempDir Path folder) throws IOException {
        assertTensorRefused(
                torch(folder, dictOf("1", 6, 0, "(K\6t(K\1t"), Map.of("0", floats(6))), "lacks the storage 1");
        assertTensorRefused(torch(folder, dictOf("0", 7, 0, "(K\6t(K\1t"), Map.of("0", floats(6))), "24 bytes");
    }

    @Test
    void refusesAStorageThatNamesAnotherFile(@TempDir Path folder) throws IOException {
        Path file = torch(folder, dictOf("../../x", 6, 0, "(K\6t(K\1t"), Map.of("../../x", floats(6)));
        assertTensorRefused(file, "which is no storage");
        try (var inside = Files.list(folder)) {
            assertThat(inside).containsExactly(file);
        }
    }

    @Test
    void refusesCompressedEntriesSoThatFewBytesStayFew(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bomb.pt");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            stored(zip, "sae/data.pkl", bytes(dictOf("0", 1 << 20, 0, "(J\0\0\20\0t(K\1t")));
            zip.putNextEntry(new ZipEntry("sae/data/0"));
            zip.write(new byte[4 << 20]);
        }
        assertTensorRefused(file, "compressed");
        Path pickle = folder.resolve("pickle.pt");
        try (var zip = new ZipOutputStream(Files.newOutputStream(pickle))) {
            zip.putNextEntry(new ZipEntry("sae/data.pkl"));
            zip.write(bytes("}.".repeat(1 << 20)));
        }
        assertThatThrownBy(() -> TorchFile.open(pickle)).hasMessageContaining("compressed");
    }

    @Test
    void saysWhyAFileIsNoSae(@TempDir Path folder) throws IOException {
        Path call = torch(folder, "cos\nsystem\n(X\2\0\0\0idtR.", Map.of());
        assertThatThrownBy(() -> SaeReader.read(SaeFiles.of(Map.of("sae.pt", call)), null, ReadOptions.NONE))
                .isInstanceOf(TaxoscopeException.class)
                .hasMessageContaining("would call 'os.system'; only tensors in dictionaries are read");
        Path bare = Files.write(folder.resolve("bare.pt"), bytes("\u0080\2}."));
        assertThatThrownBy(() -> SaeReader.read(SaeFiles.of(Map.of("sae.pt", bare)), null, ReadOptions.NONE))
                .hasMessageContaining("bare pickle");
        Path empty = torch(folder, "}.", Map.of());
        assertThatThrownBy(() -> TorchFile.open(empty)).hasMessageContaining("holds no tensor");
        Path list = torch(folder, "].", Map.of());
        assertThatThrownBy(() -> TorchFile.open(list)).hasMessageContaining("no dictionary of tensors");
    }

    private static void assertTensorRefused(Path file, String reason) {
        try (TorchFile tensors = TorchFile.open(file)) {
            assertThatThrownBy(() -> tensors.tensor("w")).hasMessageContaining(reason);
        }
    }

    private static void assertRefused(String program, String reason) {
        assertThatThrownBy(() -> Unpickler.read(bytes(program)))
                .isInstanceOf(Unpickler.RefusedPickle.class)
                .hasMessageFindingMatch(reason);
    }

    /** {@code {"w": tensor}} of a storage of {@code elements} floats. */
    private static String dictOf(String key, int elements, int offset, String sizesAndStrides) {
        String count = new String(
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(elements)
                        .array(),
                StandardCharsets.ISO_8859_1);
        return "\u0080\2}X\1\0\0\0w" + TENSOR + "X" + (char) key.length() + "\0\0\0" + key + "X\3\0\0\0cpuJ" + count
                + "tQK" + (char) offset + sizesAndStrides + "\u0089)tRs.";
    }

    private static byte[] floats(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(i);
        }
        return bytes.array();
    }

    private static Path torch(Path folder, String pickle, Map<String, byte[]> storages) throws IOException {
        Path file = folder.resolve("sae.pt");
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            stored(zip, "sae/data.pkl", bytes(pickle));
            for (var storage : storages.entrySet()) {
                stored(zip, "sae/data/" + storage.getKey(), storage.getValue());
            }
        }
        return file;
    }

    private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        var crc = new CRC32();
        crc.update(bytes);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static byte[] bytes(String latin) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }
}
