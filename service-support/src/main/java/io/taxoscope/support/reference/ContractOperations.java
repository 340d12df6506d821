package io.taxoscope.support.reference;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.taxoscope.api.JobState;
import io.taxoscope.api.JobView;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Names operations after the contract that declares them ({@code Experiment_submit}, under the tag {@code Experiment}),
 * so that they are unique over all services, and documents the status that they answer with.
 */
class ContractOperations implements GlobalOperationCustomizer {
    /** What an operation of this name does in every contract that says nothing else of it. */
    private static final Map<String, String> EVERYWHERE = Map.of(
            "submit", "Starts it: 202 with Location. The same Idempotency-Key and body answer the same one again.",
            "list", "All of them, newest first.",
            "find", "One of them, as it stands now.",
            "cancel",
                    "Stops it: at once when it has not started, within moments when it runs. 409 when it has ended already.",
            "retry",
                    "Starts a failed or cancelled one again; it goes on from what is done. 409 for one in any other state.",
            "delete", "Removes it. 409 while it is unfinished: cancel it first.");

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        contractMethod(handler).ifPresent(method -> {
            String contract = method.getDeclaringClass().getSimpleName().replaceFirst("Api$", "");
            operation.setTags(List.of(contract));
            operation.setOperationId(contract + "_" + method.getName());
            operation.setResponses(answers(operation.getResponses(), method));
            if (operation.getDescription() == null) {
                operation.setDescription(EVERYWHERE.get(method.getName()));
            }
        });
        return operation;
    }

    private static Optional<Method> contractMethod(HandlerMethod handler) {
        return Arrays.stream(handler.getBeanType().getInterfaces())
                .filter(type -> type.isAnnotationPresent(HttpExchange.class))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> method.getName().equals(handler.getMethod().getName())
                        && Arrays.equals(
                                method.getParameterTypes(), handler.getMethod().getParameterTypes()))
                .findFirst();
    }

    /** Springdoc takes every success for a 200. */
    private static ApiResponses answers(ApiResponses documented, Method method) {
        ApiResponse success = documented.get("200");
        ResolvableType answer = ResolvableType.forMethodReturnType(method);
        if (success == null || !answer.toClass().equals(ResponseEntity.class)) {
            return documented;
        }
        Class<?> body = answer.getGeneric(0).toClass();
        var answers = new ApiResponses();
        if (body.equals(Void.class)) {
            answers.addApiResponse("204", new ApiResponse().description("Done; nothing to say"));
        } else if (method.isAnnotationPresent(PostExchange.class) && isLongWork(body)) {
            answers.addApiResponse("202", success.description("Accepted; Location says where to look"));
        } else if (method.isAnnotationPresent(PostExchange.class)) {
            answers.addApiResponse("200", success.description("Known already"));
            answers.addApiResponse("201", new ApiResponse().description("New").content(success.getContent()));
        } else {
            return documented;
        }
        return answers;
    }

    private static boolean isLongWork(Class<?> view) {
        List<Type> states = List.of(JobView.class, JobState.class);
        return view.isRecord()
                && Arrays.stream(view.getRecordComponents())
                        .map(RecordComponent::getType)
                        .anyMatch(states::contains);
    }
}
