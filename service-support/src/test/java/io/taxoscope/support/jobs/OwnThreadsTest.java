package io.taxoscope.support.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnThreadsTest {
    @Test
    void keepsParallelStreamsOutOfTheCommonPool() throws Exception {
        var names = OwnThreads.call(() -> IntStream.range(0, 100_000)
                .parallel()
                .mapToObj(i -> Thread.currentThread().getName())
                .distinct()
                .toList());
        assertThat(names).isNotEmpty().noneMatch(name -> name.contains("commonPool"));
        assertThat(names).doesNotContain(Thread.currentThread().getName());
    }

    @Test
    void letsTheWorkSeeTheCallersClasses() throws Exception {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[0], before)) {
            caller.setContextClassLoader(loader);
            assertThat(OwnThreads.call(() -> Thread.currentThread().getContextClassLoader()))
                    .isSameAs(loader);
        } finally {
            caller.setContextClassLoader(before);
        }
    }

    @Test
    void handsOnTheVeryFailure() {
        var failure = new IllegalStateException("cannot breathe");
        assertThatThrownBy(() -> OwnThreads.call(() -> {
                    throw failure;
                }))
                .cause()
                .isSameAs(failure);
    }

    @Test
    void interruptsTheWorkAndWaitsForItsEnd() throws Exception {
        var started = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        var endedBefore = new AtomicBoolean();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                OwnThreads.call(() -> {
                    started.countDown();
                    try {
                        Thread.sleep(60_000);
                    } finally {
                        ended.set(true);
                    }
                    return null;
                });
            } catch (Exception stopped) {
                endedBefore.set(ended.get());
            }
        });
        started.await();
        caller.interrupt();
        caller.join(30_000);
        assertThat(endedBefore).isTrue();
    }
}
