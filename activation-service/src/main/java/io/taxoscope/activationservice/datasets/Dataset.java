package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.CreateDataset.Layout;
import io.taxoscope.api.activation.CreateDataset.OnBadImage;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.common.Sha256;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Labelled images, once its job has read them; until then, the wish for them. */
@Entity
@Table(name = "dataset")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Dataset {
    private static final int SKIPPED_KEPT = 100;

    /** Taken from the job when Hibernate first saves it; set before, it would pass for an entity that is known. */
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String name;
    private @Nullable String sourcePath;
    private @Nullable String sourceUrl;
    private @Nullable String sourceUpload;

    @Column(name = "source_s3")
    private @Nullable String sourceS3;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private @Nullable Source labelFile;

    @Enumerated(EnumType.STRING)
    private Layout layout;

    @Enumerated(EnumType.STRING)
    private OnBadImage onBadImage;

    private @Nullable String manifest;
    private int nImages;
    private int nSkipped;
    private int nDuplicates;

    @ElementCollection
    @CollectionTable(name = "dataset_skipped", joinColumns = @JoinColumn(name = "dataset_id"))
    @OrderColumn(name = "position")
    private List<SkippedRow> skipped = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "dataset_label", joinColumns = @JoinColumn(name = "dataset_id"))
    @OrderColumn(name = "position")
    private List<LabelRow> labels = new ArrayList<>();

    protected Dataset() {}

    Dataset(Job job, CreateDataset request) {
        this.job = job;
        this.name = request.name();
        this.sourcePath = request.source().path();
        this.sourceUrl = request.source().url();
        this.sourceUpload = request.source().upload();
        this.sourceS3 = request.source().s3();
        this.labelFile = request.labelFile();
        this.layout = request.layout();
        this.onBadImage = request.onBadImage();
    }

    CreateDataset request() {
        Source source = new Source(sourcePath, sourceUrl, sourceUpload, null, null, null, sourceS3);
        return new CreateDataset(name, source, layout, onBadImage, labelFile);
    }

    void markRead(Sha256 ref, ScanResult result) {
        manifest = ref.hex();
        nImages = result.examples().size();
        nSkipped = result.skipped().size();
        nDuplicates = result.nDuplicates();
        skipped.clear();
        result.skipped().stream()
                .limit(SKIPPED_KEPT)
                .forEach(file -> skipped.add(new SkippedRow(file.path(), file.reason())));
        labels.clear();
        labels.addAll(result.labels());
    }

    ReadyDataset ready() {
        if (manifest == null) {
            throw ActivationError.DATASET_NOT_READY.because(
                    "the dataset %s is %s; wait until its job has succeeded".formatted(id, job.state()));
        }
        return new ReadyDataset(id, new Sha256(manifest), nImages);
    }

    DatasetView view() {
        return new DatasetView(
                id,
                name,
                job.view(),
                manifest,
                nImages,
                nSkipped,
                skipped.stream()
                        .map(file -> new DatasetView.SkippedImage(file.path(), file.reason()))
                        .toList(),
                nDuplicates,
                labels.stream()
                        .map(count -> new DatasetView.LabelCount(count.label(), count.nImages()))
                        .toList());
    }
}
