package io.taxoscope.activationservice.models;

import io.taxoscope.api.activation.HubOrigin;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.common.Sha256;
import io.taxoscope.vision.onnx.ModelKind;
import io.taxoscope.vision.run.ModelDescription;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An ONNX file in the store, how images are prepared for it, and its taps. Never changes. */
@Entity
@Table(name = "model")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Model {
    @Id
    private String id;

    private String name;
    private String sha256;
    private long bytes;

    @Enumerated(EnumType.STRING)
    private ModelKind kind;

    private String inputName;
    private int fixedBatch;

    @Convert(converter = PreprocessingJson.class)
    private Preprocessing preprocessing;

    private Instant createdAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private @Nullable HubOrigin origin;

    @ElementCollection
    @CollectionTable(name = "model_tap", joinColumns = @JoinColumn(name = "model_id"))
    @OrderColumn(name = "position")
    private List<TapRow> taps;

    protected Model() {}

    Model(
            String id,
            String name,
            Sha256 file,
            long bytes,
            Preprocessing preprocessing,
            ModelDescription description,
            @Nullable HubOrigin origin,
            Instant now) {
        this.id = id;
        this.name = name;
        this.sha256 = file.hex();
        this.bytes = bytes;
        this.kind = description.kind();
        this.inputName = description.inputName();
        this.fixedBatch = description.fixedBatch();
        this.preprocessing = preprocessing;
        this.origin = origin;
        this.createdAt = now;
        this.taps = description.taps().stream().map(TapRow::of).toList();
    }

    ModelView view() {
        var description = description();
        return new ModelView(
                id,
                name,
                sha256,
                bytes,
                ModelView.ModelKind.valueOf(kind.name()),
                preprocessing,
                inputName,
                taps.stream()
                        .map(tap -> tap.view(description.isDefault(tap.tap())))
                        .toList(),
                createdAt,
                origin);
    }

    RegisteredModel registered() {
        return new RegisteredModel(id, new Sha256(sha256), Recipes.of(preprocessing), description());
    }

    private ModelDescription description() {
        return new ModelDescription(
                kind, inputName, fixedBatch, taps.stream().map(TapRow::tap).toList());
    }
}
