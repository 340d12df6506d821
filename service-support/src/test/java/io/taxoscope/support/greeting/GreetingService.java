package io.taxoscope.support.greeting;

import io.taxoscope.common.ErrorCode;
import io.taxoscope.common.ErrorKind;
import io.taxoscope.common.TaxoscopeException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

@SpringBootApplication
class GreetingService {
    enum Tone {
        WARM,
        COLD
    }

    record Greeting(@NotBlank String name, Tone tone, @Valid List<Gift> gifts) {}

    record Gift(@Positive int price) {}

    enum GreetingError implements ErrorCode {
        NOBODY_HOME;

        @Override
        public ErrorKind kind() {
            return ErrorKind.NOT_FOUND;
        }
    }

    @RestController
    static class Greetings {
        @PostMapping("/greetings")
        String greet(@Valid @RequestBody Greeting greeting) {
            return greeting.name();
        }

        @GetMapping("/greetings/{id}")
        String find(@PathVariable int id, @RequestParam(defaultValue = "1") @Positive int limit) {
            throw new TaxoscopeException(
                    GreetingError.NOBODY_HOME, "nobody is at door %d of %d; try another".formatted(id, limit));
        }

        @GetMapping("/unreachable")
        String unreachable() {
            // Port 9 (discard) of this host has no listener.
            return String.valueOf(
                    RestClient.create("http://localhost:9").get().retrieve().body(String.class));
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("secret");
        }
    }
}
