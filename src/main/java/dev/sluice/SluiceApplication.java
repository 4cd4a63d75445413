package dev.sluice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The context of a process that runs jobs; commands start it, see {@code cli}. */
@SpringBootApplication
public class SluiceApplication {}
