package io.taxoscope.standalone.cli;

import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView.JobError;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateHubDownload;
import io.taxoscope.api.activation.HubDownloadView;
import io.taxoscope.sdk.Taxoscope;
import io.taxoscope.standalone.StandaloneError;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;

/** Brings a model of the hub into the platform, telling how far it is. */
final class HubModel {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Taxoscope taxoscope;
    private final PrintStream out;

    HubModel(Taxoscope taxoscope, PrintStream out) {
        this.taxoscope = taxoscope;
        this.out = out;
    }

    /**
     * Returns once the model's files are in the store.
     *
     * @param name {@code organisation/name} or {@code organisation/name@revision}
     * @return the model pinned to its commit
     */
    Source downloaded(String name) {
        HubDownloadView download = Objects.requireNonNull(taxoscope
                .hubDownloads()
                .submit(new CreateHubDownload(name, null, null), null)
                .getBody());
        long shown = -1;
        while (!download.job().state().isFinished()) {
            long percent = percent(download);
            if (percent > shown) {
                out.printf("downloading %s: %d %%%n", name, percent);
                shown = percent;
            }
            pause();
            download = taxoscope.hubDownloads().find(download.id());
        }
        Source source = download.source();
        if (download.job().state() != JobState.SUCCEEDED || source == null) {
            JobError error = download.job().error();
            throw StandaloneError.USAGE.because("cannot download %s: %s"
                    .formatted(name, error == null ? download.job().state() : error.detail()));
        }
        out.println("downloaded %s at commit %s".formatted(name, source.revision()));
        return source;
    }

    private static long percent(HubDownloadView download) {
        var progress = download.job().progress();
        return progress.total() == 0 ? 0 : 100 * progress.done() / progress.total();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for a download", stopped);
        }
    }
}
