/* Composite alarms that depend on themselves. */
#ifndef CLI_CONFIG_CYCLES_H
#define CLI_CONFIG_CYCLES_H

#include "config.h"

/* Marks every composite that depends on itself through others as cyclic, and tells each group of them once, with
 * one way around. Time is linear in composites and their children. */
void config_find_cycles(cli_config *config);

#endif
