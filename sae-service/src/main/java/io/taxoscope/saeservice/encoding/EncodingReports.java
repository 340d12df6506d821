package io.taxoscope.saeservice.encoding;

import io.taxoscope.api.sae.EncodingView.Histogram;
import io.taxoscope.api.sae.EncodingView.Peers;
import io.taxoscope.api.sae.EncodingView.Report;
import io.taxoscope.sae.encoding.PeerReport;
import io.taxoscope.sae.encoding.ReconstructionReport;
import org.jspecify.annotations.Nullable;

/** Reports of the engine in the contract's words. */
final class EncodingReports {
    private EncodingReports() {}

    static Report of(int width, ReconstructionReport report, PeerReport peers) {
        return new Report(
                report.nExamples(),
                width,
                report.fvu(),
                report.nmseUncentred(),
                report.fveDictionaryLearning(),
                report.cosine(),
                report.l2Ratio(),
                report.relativeReconstructionBias(),
                report.l0(),
                report.deadFraction(),
                report.denseFraction(),
                report.rareFraction(),
                new Histogram(
                        report.log10Density().edges(), report.log10Density().counts()),
                of(peers));
    }

    private static Peers of(PeerReport peers) {
        return new Peers(
                defined(peers.fvu()),
                defined(peers.evLegacy()),
                defined(peers.evSaeBench()),
                defined(peers.r2Overcomplete()),
                defined(peers.fveDictionaryLearning()),
                defined(peers.fvuMsae()),
                defined(peers.nmseOpenai()),
                defined(peers.nmseMsae()),
                defined(peers.mse()),
                defined(peers.cosinePrisma()),
                peers.zeroFractionMsae(),
                defined(peers.hoyer()));
    }

    private static @Nullable Double defined(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
