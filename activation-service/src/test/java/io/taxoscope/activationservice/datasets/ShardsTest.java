package io.taxoscope.activationservice.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.api.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardsTest {
    @Test
    void namesEveryPart() {
        assertThat(paths("/d/{train,val}-{08..10}.tar::/e/x.tar"))
                .containsExactly(
                        "/d/train-08.tar",
                        "/d/train-09.tar",
                        "/d/train-10.tar",
                        "/d/val-08.tar",
                        "/d/val-09.tar",
                        "/d/val-10.tar",
                        "/e/x.tar");
        assertThat(paths("/d/{8..10}.tar")).containsExactly("/d/8.tar", "/d/9.tar", "/d/10.tar");
        assertThat(Shards.of(Source.ofS3("s3://b/{0..1}.tar")))
                .extracting(Source::s3)
                .containsExactly("s3://b/0.tar", "s3://b/1.tar");
        assertThat(Shards.name(Source.ofS3("s3://b/c/0.tar"))).isEqualTo("0.tar");
    }

    @Test
    void leavesASingleNameAlone() {
        Source source = Source.ofPath("/d/{odd}.tar");

        assertThat(Shards.of(source)).containsExactly(source);
    }

    @Test
    void refusesToCountForEver() {
        assertThatThrownBy(() -> paths("/d/{0..99999999}.tar")).hasMessageContaining("at most 10000 files");
        assertThatThrownBy(() -> paths("/d/{0..999}{0..999}.tar")).hasMessageContaining("more than 10000 files");
        assertThatThrownBy(() -> paths("/d/{9..1}.tar")).hasMessageContaining("count upwards");
    }

    private static List<String> paths(String text) {
        return Shards.of(Source.ofPath(text)).stream()
                .map(part -> String.valueOf(part.path()))
                .toList();
    }
}
