package io.taxoscope.support.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Jobs for a service: every {@link JobHandler} bean does its kind. */
@AutoConfiguration(
        beforeName = "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration",
        afterName = "io.taxoscope.support.SupportAutoConfiguration")
@AutoConfigurationPackage(basePackageClasses = Job.class)
@EnableConfigurationProperties(JobProperties.class)
public class JobsAutoConfiguration {
    @Bean
    JobRows jobRows(JdbcClient jdbc, Clock clock) {
        return new JobRows(jdbc, clock);
    }

    @Bean
    JobWorker jobWorker(
            JobRows rows,
            ObjectProvider<JobHandler> handlers,
            PlatformTransactionManager transactions,
            EntityManager entities,
            JobProperties properties,
            Clock clock) {
        return new JobWorker(rows, handlers, new TransactionTemplate(transactions), entities, properties, clock);
    }

    @Bean
    MemberJobs memberJobs(
            JobRows rows,
            PlatformTransactionManager transactions,
            EntityManager entities,
            JobProperties properties,
            Clock clock) {
        return new MemberJobs(rows, new TransactionTemplate(transactions), entities, properties, clock);
    }

    /** The one task that db-scheduler knows; the job's row says what kind of work it is. */
    @Bean
    Task<Void> jobTask(JobWorker worker, JobProperties properties) {
        return Tasks.custom(Jobs.TASK, Void.class)
                .onDeadExecutionRevive()
                .onFailureReschedule(FixedDelay.of(properties.firstBackoff()))
                .execute(worker::execute);
    }

    @Bean
    Jobs jobs(
            EntityManager entities,
            JobRows rows,
            Scheduler scheduler,
            PlatformTransactionManager transactions,
            JsonMapper json,
            Clock clock) {
        return new Jobs(entities, rows, scheduler, new TransactionTemplate(transactions), json, clock);
    }
}
