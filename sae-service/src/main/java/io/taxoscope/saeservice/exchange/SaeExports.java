package io.taxoscope.saeservice.exchange;

import io.taxoscope.api.sae.SaeFileFormat;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.exchange.SaeFormat;
import io.taxoscope.sae.exchange.SaeWriter;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.saeservice.TemporaryResource;
import io.taxoscope.saeservice.training.SaeProvenance;
import io.taxoscope.saeservice.training.Saes;
import io.taxoscope.saeservice.training.TrainedSae;
import io.taxoscope.store.AtomicFiles;
import io.taxoscope.store.ContentStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;

/** SAEs as zips of the files that other tools read. */
@Service
class SaeExports {
    private final Saes saes;
    private final SaeProvenance provenance;
    private final ContentStore store;

    SaeExports(Saes saes, SaeProvenance provenance, ContentStore store) {
        this.saes = saes;
        this.provenance = provenance;
        this.store = store;
    }

    Resource zip(String id, SaeFileFormat format) {
        TrainedSae sae = saes.findTrained(id);
        Parameters weights = SaeLensFiles.readWeights(store.blob(sae.weights()));
        Map<String, AtomicFiles.Body> files =
                SaeWriter.files(SaeFormat.valueOf(format.name()), weights, sae.activation(), provenance.of(sae));
        return TemporaryResource.of(".zip", file -> write(file, files));
    }

    /** The time of an entry would make the same SAE another zip each time. */
    private static void write(Path file, Map<String, AtomicFiles.Body> files) throws IOException {
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (var entry : files.entrySet()) {
                var named = new ZipEntry(entry.getKey());
                named.setTime(315_619_200_000L);
                zip.putNextEntry(named);
                entry.getValue().writeTo(zip);
                zip.closeEntry();
            }
        }
    }
}
