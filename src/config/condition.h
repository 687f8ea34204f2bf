/* The filter grammar of standards: one condition from its text. */
#ifndef WRES_CONFIG_CONDITION_H
#define WRES_CONFIG_CONDITION_H

#include "config/yaml.h"
#include "wres/config.h"

/* The conditions of a key, none where it is not there. */
wres_conditions condition_list(yaml_reader *reader, const yaml_node *map, const char *key);

#endif
