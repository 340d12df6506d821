package io.taxoscope.activationservice.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ImageNet's validation images and the forms in which their labels come. */
class FlatImagesTest {
    private static final String FIRST = "ILSVRC2012_val_00000001.JPEG";
    private static final String SECOND = "ILSVRC2012_val_00000002.JPEG";

    @TempDir
    Path folder;

    private Path images = Path.of("");

    @BeforeEach
    void images() throws IOException {
        images = Files.createDirectory(folder.resolve("val"));
        Files.writeString(images.resolve(SECOND), "two");
        Files.writeString(images.resolve(FIRST), "one");
    }

    @Test
    void takesOneLabelALineInTheOrderOfNames() throws Exception {
        Path labels = Files.writeString(images.resolve(LabelFile.ILSVRC), "490\n361\n");

        assertThat(seen(labels).images).containsExactly(FIRST + "=490", SECOND + "=361");
    }

    @Test
    void takesKagglesSolutionAndTabsAndPathsWithLabels() throws Exception {
        Path kaggle = Files.writeString(
                folder.resolve("LOC_val_solution.csv"),
                "ImageId,PredictionString\nILSVRC2012_val_00000002,n02 1 2 3 4 n02 5 6 7 8 \nILSVRC2012_val_00000001,n01 1 1 2 2 \n");
        Path tabs = Files.writeString(
                folder.resolve("val_annotations.txt"), FIRST + "\tn01\t0\t0\t9\t9\n" + SECOND + "\tn02\t0\t0\t9\t9\n");
        Path csv = Files.writeString(
                folder.resolve("labels.csv"), "label,path\nn01,val/" + FIRST + "\nn02,val/" + SECOND + "\n");

        for (Path labels : new Path[] {kaggle, tabs, csv}) {
            assertThat(seen(labels).images).as("%s", labels).containsExactly(FIRST + "=n01", SECOND + "=n02");
        }
    }

    @Test
    void namesAnImageWithoutALabelAndALabelFileThatDoesNotFit() throws Exception {
        Path one = Files.writeString(folder.resolve("one.csv"), "path,label\n" + FIRST + ",n01\n");
        Path three = Files.writeString(folder.resolve("three.txt"), "1\n2\n3\n");
        Path twice = Files.writeString(folder.resolve("twice.csv"), "path,label\na/x.jpg,1\nb/x.jpg,2\n");

        assertThat(seen(one).refused).containsExactly(SECOND + ": the label file does not name it");
        assertThatThrownBy(() -> seen(three)).hasMessageContaining("3 lines for 2 images");
        assertThatThrownBy(() -> seen(twice)).hasMessageContaining("twice");
    }

    private Seen seen(Path labels) throws IOException, InterruptedException {
        return Seen.of(new FlatImages(FolderImages.of(images, Labelling.ELSEWHERE), LabelFile.read(labels)));
    }
}
