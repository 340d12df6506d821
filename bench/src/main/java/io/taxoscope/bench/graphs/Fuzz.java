package io.taxoscope.bench.graphs;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.ImageLimits;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.ModelInspection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads spoilt copies of real files, as a service does with what users send. Each gives a result or a {@link VisionError}; anything
 * else is a finding, with the seed that makes the file again.
 */
public final class Fuzz {
    private static final int SECONDS_TO_HANG = 60;

    private final Reader reader;
    private final byte[] file;
    private final List<Mutation> mutations;
    private final Map<Result, Integer> results = new EnumMap<>(Result.class);
    private final List<Finding> findings = new ArrayList<>();

    /** What is done with a file. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] file) throws IOException;
    }

    /** How it ended. */
    enum Result {
        READ,
        REFUSED,
        FINDING
    }

    /** @param what the failure that should not have been */
    public record Finding(long seed, Mutation mutation, String what) {}

    Fuzz(Reader reader, byte[] file, List<Mutation> mutations) {
        this.reader = reader;
        this.file = file;
        this.mutations = mutations;
    }

    /** Spoilt models are read, searched for taps and run once. */
    static Fuzz ofModel(byte[] model, Path folder, int size) {
        Path file = folder.resolve("spoilt.onnx");
        return new Fuzz(
                spoilt -> ModelInspection.inspect(OnnxModel.read(Files.write(file, spoilt)), size, size, null),
                model,
                List.of(Mutation.values()));
    }

    /** Spoilt images are decoded, with a limit of one million pixels. */
    static Fuzz ofImage(byte[] image) {
        ImageDecoder decoder = new ImageDecoder(new ImageLimits(1 << 24, 1_000_000));
        return new Fuzz(decoder::decode, image, Mutation.blind());
    }

    /** Reads {@code n} spoilt files, that of each seed from {@code firstSeed} on. */
    Fuzz run(long firstSeed, int n) {
        if (read(file) != Result.READ) {
            throw new IllegalArgumentException("the file to spoil is refused itself");
        }
        try (ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("fuzz").factory())) {
            for (long seed = firstSeed; seed < firstSeed + n; seed++) {
                RandomGenerator random = new SplittableRandom(seed);
                Mutation mutation = mutations.get(random.nextInt(mutations.size()));
                byte[] spoilt = mutation.of(file, random);
                String finding = findingOf(thread.submit(() -> read(spoilt)));
                if (finding != null) {
                    findings.add(new Finding(seed, mutation, finding));
                }
            }
        }
        return this;
    }

    private Result read(byte[] spoilt) {
        try {
            reader.read(spoilt);
            return Result.READ;
        } catch (TaxoscopeException refused) {
            if (refused.code() instanceof VisionError && refused.getMessage() != null) {
                return Result.REFUSED;
            }
            throw refused;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private @Nullable String findingOf(Future<Result> reading) {
        try {
            results.merge(reading.get(SECONDS_TO_HANG, TimeUnit.SECONDS), 1, Integer::sum);
            return null;
        } catch (TimeoutException hanging) {
            throw new IllegalStateException("a file was not read in " + SECONDS_TO_HANG + " s", hanging);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException failure) {
            results.merge(Result.FINDING, 1, Integer::sum);
            Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
            StackTraceElement[] at = cause.getStackTrace();
            return cause + (at.length == 0 ? "" : " at " + at[0]);
        }
    }

    Map<Result, Integer> results() {
        return results;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Arguments: how many spoilt copies of each file, the first seed, image size of the models, and the files. */
    public static void main(String[] args) throws IOException {
        int n = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        int size = Integer.parseInt(args[2]);
        Path folder = Files.createTempDirectory("taxoscope-fuzz-");
        for (String name : List.of(args).subList(3, args.length)) {
            byte[] file = Files.readAllBytes(Path.of(name));
            Fuzz fuzz = (name.endsWith(".onnx") ? ofModel(file, folder, size) : ofImage(file)).run(seed, n);
            System.out.println(Path.of(name).getFileName() + " " + fuzz.results());
            fuzz.findings().forEach(System.out::println);
        }
    }
}
