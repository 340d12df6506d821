package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.CreateDataset.Layout;
import io.taxoscope.support.sources.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out what a source is, and opens it. */
@Component
class SourceFormat {
    private final SourceFiles files;
    private final Sources sources;
    private final ImageProperties properties;

    SourceFormat(SourceFiles files, Sources sources, ImageProperties properties) {
        this.files = files;
        this.sources = sources;
        this.properties = properties;
    }

    /** Refuses a request that cannot be opened, as far as that shows without fetching anything. */
    void check(CreateDataset request) {
        files.check(request.source());
        Source labelFile = request.labelFile();
        if (labelFile == null) {
            return;
        }
        files.checkLabelFile(labelFile);
        if (request.layout() != Layout.AUTO && request.layout() != Layout.FLAT) {
            throw ActivationError.DATASET_FORMAT_UNKNOWN.at(
                    "labelFile", "has no effect with the layout %s; use FLAT or AUTO".formatted(request.layout()));
        }
    }

    /** @param work a folder for what has to be copied here first; the caller removes it after the visit */
    ImageSource open(CreateDataset request, Path work) throws IOException {
        boolean isFlat = request.layout() == Layout.FLAT || request.labelFile() != null;
        Layout layout = isFlat ? Layout.FLAT : request.layout();
        List<Source> parts = Shards.of(request.source());
        if (parts.size() > 1) {
            return severalFiles(
                    files.all(parts, work), parts.stream().map(Shards::name).toList(), layout);
        }
        ImageSource images = one(request.source(), layout, work);
        return isFlat ? new FlatImages(images, LabelFile.read(labelFile(request))) : images;
    }

    private ImageSource one(Source source, Layout layout, Path work) throws IOException {
        if (source.s3() == null) {
            Path place = files.local(source);
            return Files.isDirectory(place)
                    ? folder(place, layout)
                    : file(place, layout, source.path() == null ? null : place.getParent());
        }
        S3Location location = S3Location.of(source.s3());
        Path object = files.object(location, work);
        if (object != null) {
            return file(object, layout, null);
        }
        refuse(
                layout == Layout.MANIFEST || layout == Layout.WEBDATASET,
                "%s is no object; name the files, such as s3://bucket/train-{000..009}.tar".formatted(location));
        return files.below(location, labelling(layout));
    }

    /** Class folders and a label file exclude each other. */
    private static Labelling labelling(Layout layout) {
        return layout == Layout.FLAT ? Labelling.ELSEWHERE : Labelling.FOLDERS;
    }

    private ImageSource folder(Path folder, Layout layout) throws IOException {
        return switch (layout) {
            case AUTO, FOLDERS, FLAT -> FolderImages.of(folder, labelling(layout));
            case WEBDATASET -> below(folder, ".tar", layout);
            case MANIFEST -> below(folder, ".parquet", layout);
        };
    }

    private ImageSource below(Path folder, String ending, Layout layout) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> shards = all.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
            refuse(
                    shards.isEmpty(),
                    "the folder holds no %s files, which the layout %s needs".formatted(ending, layout));
            return severalFiles(
                    shards,
                    shards.stream()
                            .map(file -> String.valueOf(file.getFileName()))
                            .toList(),
                    layout);
        }
    }

    private ImageSource severalFiles(List<Path> shards, List<String> names, Layout layout) throws IOException {
        boolean areParquet = isParquet(shards.getFirst());
        refuse(
                layout == Layout.FOLDERS || layout == Layout.FLAT,
                "several files are read as WebDataset shards or Parquet files; for anything else name one");
        for (Path shard : shards) {
            boolean fits = areParquet ? isParquet(shard) : TarFile.isTar(shard);
            refuse(
                    !fits,
                    "'%s' is no %s".formatted(names.get(shards.indexOf(shard)), areParquet ? "Parquet file" : "tar"));
        }
        refuse(
                areParquet && layout == Layout.WEBDATASET,
                "WebDataset shards are tars; use the layout MANIFEST or AUTO");
        refuse(!areParquet && layout == Layout.MANIFEST, "tars are no manifests; use the layout WEBDATASET or AUTO");
        return areParquet
                ? new ParquetImages(shards, names, properties)
                : new WebDatasetImages(shards, names, properties);
    }

    private ImageSource file(Path file, Layout layout, @Nullable Path folder) throws IOException {
        if (isParquet(file)) {
            refuse(
                    layout != Layout.MANIFEST && layout != Layout.AUTO,
                    "a Parquet file is read with the layout MANIFEST or AUTO");
            return ParquetImages.holdsImages(file)
                    ? new ParquetImages(List.of(file), List.of(""), properties)
                    : new ManifestImages(ParquetImages.manifest(file), folder, sources);
        }
        boolean isZip = startsWith(file, "PK");
        if (isZip || TarFile.isTar(file)) {
            refuse(
                    layout == Layout.MANIFEST,
                    "an archive is no manifest; use the layout FOLDERS, WEBDATASET, FLAT or AUTO");
            return isZip ? zip(file, layout) : tar(file, layout);
        }
        refuse(
                layout != Layout.MANIFEST && layout != Layout.AUTO,
                "neither a folder nor a tar or zip; for a CSV, JSONL or Parquet file use the layout MANIFEST");
        return new ManifestImages(ManifestReader.read(file), folder, sources);
    }

    private ImageSource zip(Path file, Layout layout) {
        refuse(layout == Layout.WEBDATASET, "WebDataset shards are tars");
        return new ZipImages(file, labelling(layout), properties);
    }

    private ImageSource tar(Path file, Layout layout) throws IOException {
        boolean isShard =
                layout == Layout.WEBDATASET || (layout == Layout.AUTO && WebDatasetImages.isShard(file, properties));
        return isShard
                ? new WebDatasetImages(List.of(file), List.of(""), properties)
                : new TarImages(file, labelling(layout), properties);
    }

    private Path labelFile(CreateDataset request) {
        if (request.labelFile() != null) {
            return files.local(request.labelFile());
        }
        if (request.source().path() != null) {
            Path folder = files.local(request.source());
            Path parent = folder.getParent() == null ? folder : folder.getParent();
            for (Path place : List.of(folder, parent)) {
                Path usual = place.resolve(LabelFile.ILSVRC);
                if (Files.isRegularFile(usual)) {
                    return sources.path(usual.toString(), "labelFile");
                }
            }
        }
        throw ActivationError.DATASET_FORMAT_UNKNOWN.at(
                "labelFile",
                "is needed for the layout FLAT: no %s lies in the folder or beside it".formatted(LabelFile.ILSVRC));
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw ActivationError.DATASET_FORMAT_UNKNOWN.at("source", why);
        }
    }

    private static boolean isParquet(Path file) throws IOException {
        return startsWith(file, "PAR1");
    }

    private static boolean startsWith(Path file, String magic) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(magic.length()), StandardCharsets.ISO_8859_1).equals(magic);
        }
    }
}
