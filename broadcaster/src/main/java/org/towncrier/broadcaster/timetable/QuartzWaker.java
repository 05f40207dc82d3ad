package org.towncrier.broadcaster.timetable;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.towncrier.broadcaster.loop.EventLoop;

/**
 * Wakes by Quartz: a job store in memory, one thread and one trigger. It decides nothing: the
 * timetable is asked anew at each waking, so one that comes late or twice does no harm.
 */
public final class QuartzWaker implements Waker {
  private static final Logger log = LoggerFactory.getLogger(QuartzWaker.class);
  private static final TriggerKey TRIGGER = TriggerKey.triggerKey("next-change");
  private static final String TASK = "task";

  private final EventLoop loop;
  private final Runnable task;
  private @Nullable Scheduler scheduler;

  /** A waker of that task, which runs on the loop. */
  public QuartzWaker(EventLoop loop, Runnable task) {
    this.loop = loop;
    this.task = task;
  }

  @Override
  public void wakeAt(Optional<Instant> moment) {
    try {
      Scheduler running = running();
      if (moment.isEmpty()) {
        running.unscheduleJob(TRIGGER);
      } else {
        arm(running, moment.get());
      }
    } catch (SchedulerException e) {
      // The engine looks at its timetable every second anyway; this only makes it prompt.
      log.error("Quartz could not be armed for the next change of the timetable", e);
    }
  }

  @Override
  public void close() {
    if (scheduler != null) {
      try {
        scheduler.shutdown(false);
      } catch (SchedulerException e) {
        log.warn("Quartz did not shut down cleanly", e);
      }
      scheduler = null;
    }
  }

  private static void arm(Scheduler running, Instant moment) throws SchedulerException {
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(TRIGGER)
            .forJob(TASK)
            .startAt(Date.from(moment))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
            .build();
    if (running.checkExists(TRIGGER)) {
      running.rescheduleJob(TRIGGER, trigger);
    } else {
      running.scheduleJob(trigger);
    }
  }

  private Scheduler running() throws SchedulerException {
    if (scheduler == null) {
      Scheduler made = new StdSchedulerFactory(settings()).getScheduler();
      JobDetail job = JobBuilder.newJob(Wake.class).withIdentity(TASK).storeDurably().build();
      job.getJobDataMap().put(TASK, (Runnable) () -> loop.execute(task));
      made.addJob(job, true);
      made.start();
      scheduler = made;
    }
    return scheduler;
  }

  private static Properties settings() {
    Properties settings = new Properties();
    // A name of its own: several nodes may run in one process.
    settings.setProperty("org.quartz.scheduler.instanceName", "timetable-" + UUID.randomUUID());
    settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.threadPool.threadCount", "1");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    return settings;
  }

  /** What Quartz runs. Public because Quartz makes it by reflection. */
  public static final class Wake implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      if (context.getMergedJobDataMap().get(TASK) instanceof Runnable wake) {
        wake.run();
      }
    }
  }
}
