package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file system of one megabyte that really fills up, in a process with mounts of its own; Linux with user namespaces. */
class FullDiskTest extends StoreTestCase {
    private static final int WIDTH = 100;
    private static final int PER_SHARD = 1000;
    private static final int N_SHARDS = 5;

    @Test
    void failsWithItsReasonKeepsWhatWasCommittedAndGoesOnOnceThereIsRoom() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(run("true").exit() == 0, "no user namespace with mounts of its own can be had here");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String child = "'%s' -cp '%s' '%s' '%s'"
                .formatted(java, System.getProperty("java.class.path"), Child.class.getName(), small);
        Outcome outcome = run("mount -t tmpfs -o size=1m tmpfs '" + small + "' && exec " + child);
        assertThat(outcome.lines())
                .containsExactly(
                        "committed 0",
                        "committed 1",
                        "STORE_UNWRITABLE no space: true",
                        "left behind: 0",
                        "resumed with [0, 1]",
                        "whole: true");
    }

    private record Outcome(int exit, List<String> lines) {}

    private static Outcome run(String command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            List<String> lines =
                    process.inputReader(StandardCharsets.UTF_8).lines().toList();
            return new Outcome(process.waitFor(), lines);
        } catch (IOException noSuchCommand) {
            return new Outcome(127, List.of());
        }
    }

    /** Fills the disk, makes room and goes on. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path root = Path.of(arguments[0]);
            ContentStore store = ContentStore.at(root);
            Path ballast = Files.write(root.resolve("ballast"), new byte[100_000]);
            ShardSetWriter writer = writer(store, StoredType.F32);
            try {
                for (int shard = 0; shard < N_SHARDS; shard++) {
                    writer.commit(shard, random(shard, PER_SHARD * WIDTH));
                    System.out.println("committed " + shard);
                }
            } catch (TaxoscopeException failure) {
                System.out.println(failure.code() + " no space: "
                        + String.valueOf(failure.getMessage()).contains("No space left on device"));
            }
            System.out.println("left behind: "
                    + filesUnder(root).stream().filter(AtomicFiles::isTemporary).count());
            Files.delete(ballast);
            goOn(store);
        }

        private static void goOn(ContentStore store) {
            ShardSetWriter resumed = writer(store, StoredType.F32);
            var there = new ArrayList<Integer>();
            for (int shard = 0; shard < 2; shard++) {
                if (resumed.isCommitted(shard)) {
                    there.add(shard);
                }
            }
            System.out.println("resumed with " + there);
            store.discardWork("full");
            ShardSetWriter smaller = writer(store, StoredType.I8);
            for (int shard = 0; shard < N_SHARDS; shard++) {
                smaller.commit(shard, random(shard, PER_SHARD * WIDTH));
            }
            System.out.println(
                    "whole: " + ShardSet.damage(store, smaller.seal()).isEmpty());
        }

        private static ShardSetWriter writer(ContentStore store, StoredType type) {
            var spec = new ShardSetSpec(
                    "tap", 0, "CLS", WIDTH, N_SHARDS * PER_SHARD, PER_SHARD, "m", Sha256.of("data"), 1, type);
            return ShardSetWriter.open(store, "full", spec);
        }
    }
}
