package dev.sluice.definition;

/** When the clock starts a job; read and checked now, acted upon by the scheduler. */
public record JobSchedule(String cron, String zone, String misfire, String overlap) {}
