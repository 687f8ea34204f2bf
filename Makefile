# wres: the NHS Workforce Race Equality Standard from a trust's own exports. `make help` lists what can be made.

PREFIX      ?= /usr/local
bindir      ?= $(PREFIX)/bin
mandir      ?= $(PREFIX)/share/man
docdir      ?= $(PREFIX)/share/doc/wres
INSTALL     ?= install

CC          ?= cc
CFLAGS      ?= -O2 -g
BUILD       ?= build
PYTHON      ?= /usr/bin/python3

WARNINGS     = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
               -Wundef -Wformat=2
ifdef CI
WARNINGS    += -Werror
endif

# Hardening, as far as the compiler takes it; HARDENING= and HARDENING_LINK= switch it off. It does not go with sanitizers, and
# fortified functions need an optimising build. Programs that watch from inside go without confinement, too (src/base/confine.c).
comma       := ,
takes        = $(shell printf 'int main(void) { return 0; }' | $(CC) -Werror -O1 $(1) -x c -o /dev/null - 2>/dev/null && echo '$(1)')
each_taken   = $(foreach flag,$(1),$(call takes,$(flag)))
taken        = $(or $(call takes,$(1)),$(call each_taken,$(1)))
OPTIMISED    = $(filter-out -O0,$(filter -O%,$(CFLAGS)))
ifneq ($(filter -fsanitize% --coverage,$(EXTRA) $(CFLAGS)),)
HARDENING    =
HARDENING_LINK =
WATCHED      = -DWRES_UNCONFINED
endif
ifeq ($(origin HARDENING),undefined)
HARDENING   := $(call taken,-fstack-protector-strong -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero -fPIE)
ifneq ($(OPTIMISED),)
ifeq ($(findstring _FORTIFY_SOURCE,$(CFLAGS) $(EXTRA)),)
HARDENING   += $(or $(call takes,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3),$(call takes,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2))
endif
endif
endif
ifeq ($(origin HARDENING_LINK),undefined)
HARDENING_LINK := $(call taken,-pie -Wl$(comma)-z$(comma)relro -Wl$(comma)-z$(comma)now -Wl$(comma)-z$(comma)noexecstack -Wl$(comma)--as-needed)
endif

# Nothing of the folders in which it is built gets into a program.
PLACELESS    = -ffile-prefix-map=$(CURDIR)=. -ffile-prefix-map=$(BUILD)=build

ALL_CFLAGS   = -std=c11 -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64 $(WARNINGS) -Iinclude -Isrc $(PLACELESS) $(HARDENING) $(WATCHED) \
               $(EXTRA) $(CFLAGS)
ALL_LDFLAGS  = $(HARDENING_LINK) $(LDFLAGS)
# libcrypto's sha256 alone, linked in: to load the whole of it takes longer than all the rest of a start. CRYPTO=-lcrypto for the shared one.
ifeq ($(origin CRYPTO),undefined)
CRYPTO      := $(or $(call takes,-Wl$(comma)-Bstatic -lcrypto -Wl$(comma)-Bdynamic),-lcrypto)
endif
LIBRARIES    = -lcsv -lcjson -lyaml $(CRYPTO) -lz -lm -pthread

SOURCES     := $(sort $(wildcard src/*/*.c))
LIB_SOURCES := $(filter-out src/cli/%,$(SOURCES))
CLI_SOURCES := $(filter src/cli/%,$(SOURCES))
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/resources.o
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(BUILD)/%.o)
EMBEDDED    := $(sort $(wildcard data/benchmarks/*.csv data/checks/*.csv data/codes/*.csv data/standards/*.yaml data/tables/*.yaml docs/schema/*.json))
TEST_SOURCES:= $(sort $(wildcard tests/unit/test_*.c tests/backtest/test_*.c))
TESTS       := $(TEST_SOURCES:%.c=$(BUILD)/%)
TEST_TOOLS  := $(BUILD)/tests/support/stats_cli $(BUILD)/tests/support/numbers_cli
FAULT_SHIM  := $(BUILD)/tests/fault/shim.so
BENCH_TOOLS := $(BUILD)/tests/bench/staff $(BUILD)/tests/bench/timed
FUZZ_NAMES  := records settings standards codes numbers
FUZZ_TESTS  := $(FUZZ_NAMES:%=$(BUILD)/tests/fuzz/test_%)
FUZZ_TARGETS:= $(FUZZ_NAMES:%=$(BUILD)/tests/fuzz/fuzz_%)

# V=1 shows the commands themselves.
ifdef V
SAY          = @:
RUN          =
else
SAY          = @echo
RUN          = @
endif

.PHONY: all deps deps-test deps-coverage deps-fuzz demo test check check-asan fuzz fuzz-targets fault coverage lint install uninstall clean help
.DELETE_ON_ERROR:

all: $(BUILD)/wres $(BUILD)/libwres.a

$(BUILD)/wres: $(CLI_OBJECTS) $(BUILD)/libwres.a
	$(SAY) "  CC      $@"
	$(RUN)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES)

$(BUILD)/libwres.a: $(LIB_OBJECTS)
	$(RUN)rm -f $@
	$(SAY) "  AR      $@"
	$(RUN)ar Drcs $@ $^

# Reads the files with the program's own readers, so that a broken one fails the build, and runs on the machine that builds.
EMBED       ?= $(BUILD)/embed
$(BUILD)/embed: $(BUILD)/src/embed.o $(filter $(BUILD)/src/base/% $(BUILD)/src/config/% $(BUILD)/src/codes/%,$(LIB_OBJECTS))
	$(SAY) "  CC      $@"
	$(RUN)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARIES)

$(BUILD)/resources.c: $(EMBED) $(EMBEDDED)
	@mkdir -p $(@D)
	$(SAY) "  EMBED   $@"
	$(RUN)$(EMBED) $(EMBEDDED) > $@

# Other flags: all is compiled again.
$(BUILD)/flags: always
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LIBRARIES))' > $@.now; cmp -s $@.now $@ || cp $@.now $@; rm -f $@.now

$(BUILD)/resources.o: $(BUILD)/resources.c include/wres/base.h src/codes/list.h $(BUILD)/flags
	$(SAY) "  CC      $@"
	$(RUN)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Of what is to be met whole every call counts, on whichever thread; elsewhere counters that threads share would take minutes.
$(addprefix $(BUILD)/src/,stats/%.o indicator/%.o disclosure/%.o base/decimal.o): EXACT = $(if $(filter --coverage,$(EXTRA)),-fprofile-update=atomic)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(SAY) "  CC      $@"
	$(RUN)$(CC) $(ALL_CFLAGS) $(EXACT) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/%.c $(BUILD)/libwres.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(SAY) "  CC      $@"
	$(RUN)$(CC) $(ALL_CFLAGS) -Itests/support -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libwres.a -lcmocka $(LIBRARIES)

# Unit tests of the indicators, with blocks of their own in the place of the arena's (guard.c).
GUARD        = $(BUILD)/tests/support/guard.o
GUARDED      = $(filter $(BUILD)/tests/unit/test_indicator_% $(BUILD)/tests/unit/test_mended_figures,$(TESTS))
$(GUARDED): $(BUILD)/tests/unit/%: tests/unit/%.c $(GUARD) $(BUILD)/libwres.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(SAY) "  CC      $@"
	$(RUN)$(CC) $(ALL_CFLAGS) -Itests/support -MMD -MP $(ALL_LDFLAGS) -Wl,--wrap=wres_alloc -Wl,--wrap=wres_run_free -o $@ $< $(GUARD) \
	    $(BUILD)/libwres.a -lcmocka $(LIBRARIES)

# The fuzz targets: with a main of their own as tests, with libFuzzer's as its programs. Calls that open files are theirs (--wrap).
FUZZ_WRAP    = $(addprefix -Wl$(comma)--wrap=,open64 read stat64 mkstemp64 opendir)
FUZZ_PARTS   = $(BUILD)/tests/fuzz/support.o $(filter-out $(BUILD)/src/cli/main.o,$(CLI_OBJECTS)) $(BUILD)/libwres.a

# What judges is not to be explored.
$(BUILD)/tests/fuzz/%.o: tests/fuzz/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(RUN)$(CC) $(filter-out -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp,$(ALL_CFLAGS)) -MMD -MP -c -o $@ $<

$(BUILD)/tests/fuzz/replay_%.o: tests/fuzz/replay.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(RUN)$(CC) $(ALL_CFLAGS) -DFUZZ_TARGET='"$*"' -MMD -MP -c -o $@ $<

$(BUILD)/tests/fuzz/test_%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay_%.o $(FUZZ_PARTS)
	$(SAY) "  CC      $@"
	$(RUN)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(FUZZ_WRAP) -o $@ $^ $(LIBRARIES)

$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/%.o $(FUZZ_PARTS)
	$(SAY) "  CC      $@"
	$(RUN)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer $(ALL_LDFLAGS) $(FUZZ_WRAP) -o $@ $^ $(LIBRARIES)

.SECONDARY: $(FUZZ_NAMES:%=$(BUILD)/tests/fuzz/%.o) $(FUZZ_NAMES:%=$(BUILD)/tests/fuzz/replay_%.o)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

deps:                     ## install the Debian packages that building needs, where they are missing
	@sh src/deps.sh gcc make libc6-dev libcsv-dev libcjson-dev libyaml-dev libssl-dev zlib1g-dev

deps-test: deps           ## ... and those that the tests need
	@sh src/deps.sh libcmocka-dev python3 python3-jsonschema python3-yaml strace

deps-coverage: deps-test
	@sh src/deps.sh gcovr

deps-check-valgrind: deps-test
	@sh src/deps.sh valgrind

deps-check-tsan: deps-test
	@sh src/deps.sh libtsan2

deps-lint: deps
	@sh src/deps.sh cppcheck clang-tidy python3

deps-fuzz: deps
	@sh src/deps.sh clang libclang-rt-14-dev python3

deps-reproducible: deps
	@sh src/deps.sh tar coreutils

demo: deps                ## build, and compute the indicators of the examples
	@$(MAKE) --no-print-directory all
	@echo; echo '== England, June 2022, from the official headcounts (data/examples/england) =='; echo
	$(BUILD)/wres calc --settings data/examples/england/wres.yaml --as-at 2022-06-01 --format table
	@echo; echo '== An example trust, all nine indicators (data/examples/trust) =='; echo
	$(BUILD)/wres calc --settings data/examples/trust/wres.yaml --format table
	@echo; echo '== The same trust: the medical form of WRES, and the Model Employer Goals =='; echo
	$(BUILD)/wres calc -q --settings data/examples/trust/wres.yaml --standard mwres-2021 --format table
	$(BUILD)/wres goals -q --settings data/examples/trust/wres.yaml --turnover 10 --format table
	@echo; echo '== A system of twelve trusts side by side (data/examples/system) =='; echo
	$(BUILD)/wres calc -q --settings data/examples/system/wres.yaml --format table

test: deps-test           ## build everything, run all tests, and again under ASan and UBSan
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory check-asan

$(FAULT_SHIM): tests/fault/shim.c  # neither the flags of the build nor its sanitizers: it is loaded before everything
	@mkdir -p $(@D)
	$(SAY) "  CC      $@"
	$(RUN)$(CC) -std=gnu11 -O2 -g -Wall -Wextra $(if $(CI),-Werror) -fPIC -shared -o $@ $<

check: all $(TESTS) $(TEST_TOOLS) $(BENCH_TOOLS) $(FAULT_SHIM) $(FUZZ_TESTS)  ## the tests once, on the build at hand
	@BUILD=$(BUILD) PYTHON=$(PYTHON) sh tests/run.sh

check-asan:               ## the same under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory check BUILD=$(BUILD)/asan CFLAGS='-O1 -g -fno-omit-frame-pointer' \
	    EXTRA='-fsanitize=address,undefined -fno-sanitize-recover=all'

# make fuzz SECONDS=600 TARGET=settings; SEED=1 tries the same in the same order
fuzz: deps-fuzz           ## fuzz each target so many SECONDS (60), or one (TARGET=settings); with clang, under ASan and UBSan
	@$(MAKE) --no-print-directory -j2 fuzz-targets BUILD=$(BUILD)/fuzz CI= CC=clang CFLAGS='-O2 -g -fno-omit-frame-pointer' \
	    EXTRA='-fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp -fsanitize=address,undefined -fno-sanitize-recover=all'
	@$(if $(SEED),FUZZ_SEED=$(SEED)) $(PYTHON) tests/fuzz/fuzz.py $(BUILD)/fuzz $(or $(SECONDS),60) $(TARGET)

fuzz-targets: $(FUZZ_TARGETS)

SQL_MODULES ?= $(abspath $(BUILD))/sql
NODE_PACKAGES = $(shell command -v npm >/dev/null || echo nodejs npm)  # Node's own packages bring npm with them, Debian's do not
deps-sql: deps-test       ## ... and the databases in which the queries of `wres sql` are tested: Debian's PostgreSQL; DuckDB, ClickHouse and Spark's grammar of npm
	@sh src/deps.sh postgresql $(NODE_PACKAGES)
	@mkdir -p $(SQL_MODULES)
	@cd $(SQL_MODULES) && for module in @duckdb/node-api chdb dt-sql-parser; do [ -d node_modules/$$module ] || npm install --no-audit --no-fund --prefix . $$module; done

check-sql: all deps-sql   ## the queries of `wres sql`, run by these databases: the cube is that of the same records as CSV (long: 1.5 million rows)
	@WRES=$(abspath $(BUILD))/wres SQL_MODULES=$(SQL_MODULES) LC_ALL=C.UTF-8 $(PYTHON) tests/sql/test_sql.py

deps-bench: deps-test     ## ... and the tools beside which speed is measured: DuckDB and polars of npm; Debian's data.table, pandas, SQLite, Miller and mawk
	@sh src/deps.sh r-cran-data.table python3-pandas sqlite3 miller mawk $(NODE_PACKAGES)
	@mkdir -p $(SQL_MODULES)
	@cd $(SQL_MODULES) && for module in @duckdb/node-api nodejs-polars; do [ -d node_modules/$$module ] || npm install --no-audit --no-fund --prefix . $$module; done
	@cd $(SQL_MODULES) && { node -e 'require("nodejs-polars")' 2>/dev/null || \
	    npm install --no-audit --no-fund --prefix . nodejs-polars-$$(node -p 'process.platform + "-" + process.arch')-gnu; }  # npm may leave it out

# make bench ROWS=15000000; CASES=10k,full; TOOLS='wres calc,DuckDB'; RUNS=9; DOCS=yes puts the results into docs/performance.md
bench: all $(BENCH_TOOLS)  ## wres beside other tools on the same work, ratios and bars (about five minutes; ROWS=15000000 for ten quarters, DOCS=yes)
	@$(MAKE) --no-print-directory deps-bench || echo 'not every tool could be installed: those that are not there are left out'
	@WRES=$(abspath $(BUILD))/wres BENCH=$(abspath $(BUILD))/bench SQL_MODULES=$(SQL_MODULES) PYTHON=$(PYTHON) LC_ALL=C.UTF-8 \
	    $(PYTHON) tests/bench/bench.py $(if $(ROWS),--rows $(ROWS)) $(if $(CASES),--cases '$(CASES)') $(if $(TOOLS),--tools '$(TOOLS)') \
	    $(if $(RUNS),--runs $(RUNS)) $(if $(DOCS),--write-docs)

fault: all $(FAULT_SHIM)  ## every allocation and every call of the system failed in turn, and large files (five minutes)
	@FAULT=all WRES=$(abspath $(BUILD))/wres LC_ALL=C.UTF-8 $(PYTHON) tests/fault/test_faults.py
	@FAULT=all WRES=$(abspath $(BUILD))/wres LC_ALL=C.UTF-8 $(PYTHON) tests/fault/test_system.py

# The library with functions that others may replace, and no confinement, which would keep them out.
mutate: deps-test         ## mutation testing of src/stats and src/indicator (FILE=..., SAMPLE=n, JOBS=n: tests/mutate/mutate.py)
	@$(MAKE) --no-print-directory $(BUILD)/mutate/libwres.a BUILD=$(BUILD)/mutate CFLAGS=-O1 EXTRA='-fPIC -DWRES_UNCONFINED' HARDENING= HARDENING_LINK=
	@BUILD=$(BUILD)/mutate CC='$(CC)' $(PYTHON) tests/mutate/mutate.py

numbers: all $(TEST_TOOLS)  ## TABLES random tables (a million) against exact fractions, and others than the committed ones against R; SEED for others
	@TABLES=$(or $(TABLES),1000000) $(if $(SEED),SEED=$(SEED)) WRES=$(abspath $(BUILD))/wres LC_ALL=C.UTF-8 $(PYTHON) tests/backtest/test_numbers.py
	@if command -v Rscript >/dev/null; then R=$(or $(SEED),2) STATS_CLI=$(abspath $(BUILD))/tests/support/stats_cli $(PYTHON) tests/backtest/test_r_tables.py; \
	    else echo 'R is not installed: only the committed tables are held against it (make check)'; fi

coverage: deps-coverage   ## line and branch coverage of src/ by all tests; fails where a bar of docs/reliability.md is not met
	@mkdir -p $(BUILD)/coverage && find $(BUILD)/coverage -name '*.gcda' -exec rm {} +  # of another build
	@$(MAKE) --no-print-directory check BUILD=$(BUILD)/coverage CFLAGS='-O0 -g' EXTRA='--coverage'
	gcovr --root . --filter src/ --object-directory $(BUILD)/coverage --gcov-ignore-parse-errors --exclude-throw-branches -s \
	    --json $(BUILD)/coverage/coverage.json $(BUILD)/coverage
	@$(PYTHON) tests/support/coverage.py $(BUILD)/coverage/coverage.json

.PHONY: deps-sql check-sql deps-bench bench always units mutate numbers check-valgrind check-tsan reproducible deps-check-valgrind deps-check-tsan deps-lint deps-reproducible
units: $(TESTS)

check-valgrind: deps-check-valgrind  ## memcheck over the unit tests and runs of the program: no error, nothing lost
	@$(MAKE) --no-print-directory all units BUILD=$(BUILD)/valgrind CFLAGS='-O1 -g' HARDENING= HARDENING_LINK=
	@BUILD=$(BUILD)/valgrind sh tests/safe/valgrind.sh

check-tsan: deps-check-tsan  ## the tests under ThreadSanitizer
	@$(MAKE) --no-print-directory check BUILD=$(BUILD)/tsan CFLAGS='-O1 -g -fno-omit-frame-pointer' EXTRA='-fsanitize=thread'

lint: deps-lint           ## cppcheck, clang-tidy and gcc -fanalyzer: no finding but those accepted in tests/safe/lint_accepted.txt
	@$(PYTHON) tests/safe/lint.py

reproducible: deps-reproducible  ## builds twice, in two places at two times: the same bytes
	@CC='$(CC)' MAKE='$(MAKE)' sh tests/safe/reproducible.sh CFLAGS='$(CFLAGS)' CC='$(CC)'

install: all              ## install the program, its library and manual (PREFIX, DESTDIR)
	$(INSTALL) -d $(DESTDIR)$(bindir) $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include/wres $(DESTDIR)$(mandir)/man1 $(DESTDIR)$(docdir)
	$(INSTALL) -m 755 $(BUILD)/wres $(DESTDIR)$(bindir)/wres
	$(INSTALL) -m 644 $(BUILD)/libwres.a $(DESTDIR)$(PREFIX)/lib/libwres.a
	$(INSTALL) -m 644 include/wres/*.h $(DESTDIR)$(PREFIX)/include/wres
	$(INSTALL) -m 644 docs/wres.1 $(DESTDIR)$(mandir)/man1/wres.1
	$(INSTALL) -d $(DESTDIR)$(docdir)/docs/methods $(DESTDIR)$(docdir)/docs/schema
	$(INSTALL) -m 644 README.md LICENSE CHANGELOG.md $(DESTDIR)$(docdir)
	$(INSTALL) -m 644 docs/*.md $(DESTDIR)$(docdir)/docs
	$(INSTALL) -m 644 docs/methods/*.md $(DESTDIR)$(docdir)/docs/methods
	$(INSTALL) -m 644 docs/schema/*.json $(DESTDIR)$(docdir)/docs/schema

uninstall:                ## remove what install put there
	rm -f $(DESTDIR)$(bindir)/wres $(DESTDIR)$(PREFIX)/lib/libwres.a $(DESTDIR)$(mandir)/man1/wres.1
	rm -rf $(DESTDIR)$(PREFIX)/include/wres $(DESTDIR)$(docdir)

clean:                    ## remove what was built
	rm -rf $(BUILD)

help:                     ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done
