package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.DatasetManifest.Example;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentStoreTest extends StoreTestCase {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

    /** FIPS 180-4's example: SHA-256 of "abc". */
    private static final Sha256 HASH_OF_ABC =
            new Sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    @Test
    void namesABlobByItsHash() {
        assertThat(store.put(ABC)).isEqualTo(HASH_OF_ABC);
        assertThat(store.blob(HASH_OF_ABC))
                .hasBinaryContent(ABC)
                .hasParent(store.blobs().resolve("ba"));
        assertThat(store.read(HASH_OF_ABC)).isEqualTo(ABC);
    }

    @Test
    void keepsOneFileHoweverOftenTheSameBytesArePut() throws IOException {
        store.put(ABC);
        store.put(new ByteArrayInputStream(ABC));
        store.put(store.blob(HASH_OF_ABC));
        assertThat(filesUnder(store.root())).containsExactly(store.blob(HASH_OF_ABC));
    }

    @Test
    void leavesNothingBehindWhenTheSourceFails() throws IOException {
        assertFails(
                StoreError.STORE_UNWRITABLE,
                "connection lost",
                () -> store.put(out -> {
                    out.write(ABC);
                    throw new IOException("connection lost");
                }));
        assertThat(filesUnder(store.root())).isEmpty();
        assertThat(store.has(HASH_OF_ABC)).isFalse();
    }

    @Test
    void findsAFlippedByteAndHealsItWhenTheBytesArePutAgain() throws IOException {
        store.put(ABC);
        flipByte(store.blob(HASH_OF_ABC), 1);
        assertFails(StoreError.BLOB_CORRUPT, HASH_OF_ABC.hex(), () -> store.verify(HASH_OF_ABC));
        assertFails(StoreError.BLOB_CORRUPT, HASH_OF_ABC.hex(), () -> store.read(HASH_OF_ABC));
        store.put(ABC);
        store.verify(HASH_OF_ABC);
    }

    @Test
    void namesTheBlobThatIsNotThere() {
        assertFails(StoreError.BLOB_NOT_FOUND, HASH_OF_ABC.hex(), () -> store.blob(HASH_OF_ABC));
    }

    @Test
    void refusesAJobIdThatLeavesTheStore() {
        assertThatThrownBy(() -> store.work("../blobs")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.discardWork("..")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roundTripsADatasetManifestOfOneLineForEachExample() {
        var cat = new Example(0, "n02121808/ä \"1\".jpg", "n02121808", HASH_OF_ABC.hex(), 64, 48);
        var dog = new Example(1, "n02084071/1.jpg", "n02084071", HASH_OF_ABC.hex(), 32, 32);
        Sha256 ref = DatasetManifest.write(store, List.of(cat, dog));
        assertThat(DatasetManifest.read(store, ref).examples()).containsExactly(cat, dog);
        assertThat(store.blob(ref)).content().hasLineCount(2).startsWith("{\"index\":0,\"path\":\"n02121808/ä");
        assertThat(DatasetManifest.write(store, List.of(cat, dog))).isEqualTo(ref);
    }

    @Test
    void namesTheLineOfADatasetManifestThatIsNoExample() {
        Sha256 ref = store.put("{\"index\":0}\n".getBytes(StandardCharsets.UTF_8));
        assertFails(StoreError.DATASET_MANIFEST_INVALID, "line 1", () -> DatasetManifest.read(store, ref));
    }

    @Test
    void replacesAFileAtomically() throws IOException {
        var file = folder.resolve("state.json");
        AtomicFiles.write(file, ABC);
        assertFails(
                StoreError.STORE_UNWRITABLE,
                "disk full",
                () -> AtomicFiles.write(file, out -> {
                    throw new IOException("disk full");
                }));
        assertThat(file).hasBinaryContent(ABC);
        assertThat(filesUnder(folder)).containsExactly(file);
        assertThat(Files.exists(file)).isTrue();
    }
}
