# Every target prepares what it needs. All paths are relative: the folder's own name may hold spaces and Thai letters.
.DEFAULT_GOAL := help
.ONESHELL:
.SUFFIXES:
.SHELLFLAGS := -euc
SHELL := /bin/sh
PYTHON := .venv/bin/python
UV := 0.13.9
# More words for the program, e.g. make consolidate ARGS="--round 2"
ARGS :=

# The environment is ready when it holds the stamp of today's lock files and its Python still runs.
KEY := $(shell cat requirements.lock requirements-dev.lock | cksum | tr ' ' '-')
RUNTIME := .venv/runtime-$(KEY)
DEV := .venv/dev-$(KEY)

.PHONY: help setup consolidate status templates install-nightly test check check-render lint types format soak corpus bench gallery sample lock clean distclean

help: ## แสดงคำสั่งทั้งหมดพร้อมคำอธิบาย
	@echo 'คำสั่งที่ใช้ได้ พิมพ์ make ตามด้วยชื่อคำสั่ง'
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name words; do
	  printf '  %-15s %s\n' "$$name" "$$words"
	done

setup: $(RUNTIME) ## เตรียมเครื่องมือของโปรแกรมไว้ล่วงหน้า (ทุกคำสั่งเตรียมให้เองอยู่แล้ว)

consolidate: $(RUNTIME) ## รวมรายงานทุกอำเภอลงใน output (ระบุครั้งได้ เช่น make consolidate ARGS="--round 2")
	@$(PYTHON) -m pipeline consolidate $(ARGS)

status: $(RUNTIME) ## แสดงว่าอำเภอใดส่งแล้ว ส่งช้า หรือยังไม่ส่ง
	@$(PYTHON) -m pipeline status $(ARGS)

templates: $(RUNTIME) ## สร้างแบบรายงานสำหรับแจกอำเภอ (ระบุครั้งได้ เช่น make templates ARGS="--round 3")
	@$(PYTHON) -m pipeline templates $(ARGS)

install-nightly: $(RUNTIME) ## ตั้งให้เครื่องรวมรายงานเองทุกคืน อธิบายก่อนแล้วจึงทำเมื่อสั่ง ARGS=--yes (เลิกด้วย ARGS=--remove)
	@sh docs/nightly/install.sh $(ARGS)

test: $(DEV) ## ทดสอบโปรแกรม
	@$(PYTHON) -m pytest $(ARGS)

soak: $(DEV) ## ทดสอบความทนทานอย่างละเอียด (ใช้เวลานาน)
	@$(PYTHON) -m pytest -m soak -s $(ARGS)
	$(PYTHON) -m tests.mutation

corpus: $(DEV) ## ทดสอบการคืนไฟล์กับสมุดงานของผู้อื่นหลายร้อยไฟล์ (ดาวน์โหลดครั้งแรก ใช้เวลาราวสิบนาที)
	@$(PYTHON) -m pytest -m corpus -s $(ARGS)

check: lint types test ## ตรวจโปรแกรมทุกด้านก่อนส่งงาน (รูปแบบ ชนิดข้อมูล และการทดสอบ)

check-render: $(DEV) ## ตรวจผลลัพธ์ทุกไฟล์อย่างที่เห็นบนจอและบนกระดาษ (ใช้ LibreOffice และ Chromium)
	@$(PYTHON) -m tests.render.needs
	$(PYTHON) -m pytest -m render tests/render $(ARGS)

lint: $(DEV) ## ตรวจรูปแบบและข้อควรระวังในโค้ด
	@$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types: $(DEV) ## ตรวจชนิดข้อมูลในโค้ด
	@$(PYTHON) -m mypy

format: $(DEV) ## จัดรูปแบบโค้ดให้เป็นแบบเดียวกัน
	@$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench: $(RUNTIME) ## วัดเวลาและหน่วยความจำ เทียบกับการรวมไฟล์แบบง่าย
	@$(PYTHON) -m tests.bench.compare $(ARGS)
	$(PYTHON) -m tests.bench.outputs

gallery: $(DEV) ## สร้างภาพตัวอย่างของผลลัพธ์ใน docs/gallery ขึ้นใหม่
	@$(PYTHON) -m tests.render.needs
	$(PYTHON) -m tests.render.gallery $(ARGS)

sample: $(DEV) ## สร้างข้อมูลตัวอย่างขึ้นใหม่
	@$(PYTHON) -m tests.sample.build $(ARGS)

lock: $(RUNTIME) ## ปรับรายการไลบรารีที่ตรึงรุ่นไว้ (ขอรุ่นใหม่ทั้งหมดด้วย ARGS=--upgrade)
	@tool=$$(mktemp -d)
	trap 'rm -rf "$$tool"' EXIT
	$(PYTHON) -m venv "$$tool"
	"$$tool/bin/python" -m pip install --quiet --disable-pip-version-check uv==$(UV)
	compile() {
	  "$$tool/bin/python" -m uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes \
	    --no-header --only-binary :all: $(ARGS) pyproject.toml "$$@" >/dev/null
	}
	compile -o requirements.lock
	compile --group dev -c requirements.lock -o requirements-dev.lock

clean: ## ลบผลลัพธ์ใน output และไฟล์ชั่วคราว (ข้อมูลที่ได้รับไม่ถูกแตะต้อง)
	@if [ -d output ]; then find output -mindepth 1 ! -name .gitignore -delete; fi
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis build *.egg-info
	find pipeline schemas tests -name __pycache__ -exec rm -rf {} +

distclean: clean ## ลบเหมือน clean และลบเครื่องมือที่เตรียมไว้ด้วย
	@rm -rf .venv

ifneq ($(shell test -x $(PYTHON) && echo runs),runs)
$(RUNTIME) $(DEV): again
endif
.PHONY: again

$(RUNTIME): LOCK := requirements.lock
$(DEV): LOCK := requirements-dev.lock

# One set-up at a time. Whatever was begun and has no stamp is made again from nothing; a failure leaves nothing.
$(RUNTIME) $(DEV):
	@exec 9<Makefile
	if command -v flock >/dev/null; then flock 9; fi
	runs() { [ -x $(PYTHON) ] && [ -e "$$1" ]; }
	if runs $@; then exit 0; fi
	log=$$(mktemp)
	trap 'rm -f "$$log"' EXIT
	say() { printf '%s\n' "$$@" >&2; }
	say 'กำลังเตรียมเครื่องมือ ครั้งแรกใช้เวลาราวครึ่งนาทีถึงสองนาที'
	if ! runs $(RUNTIME); then
	  rm -rf .venv
	  found=
	  for name in python3.13 python3.12 python3.11 python3; do
	    python=$$("$$name" -c 'import os, sys; sys.version_info < (3, 11) or print(os.path.realpath(sys.executable))' \
	      2>/dev/null) && [ -n "$$python" ] || continue
	    found=yes
	    if "$$python" -m venv .venv >"$$log" 2>&1; then break; fi
	    rm -rf .venv
	  done
	  if [ -z "$$found" ]; then
	    say 'ไม่พบภาษาไพทอนรุ่น 3.11 ขึ้นไปในเครื่องนี้ กรุณาติดตั้งด้วยคำสั่ง' \
	      '    sudo apt-get install -y python3 python3-venv make' 'แล้วสั่งคำสั่งเดิมอีกครั้ง'
	    exit 1
	  elif [ ! -d .venv ] && grep -q ensurepip "$$log"; then
	    say 'เครื่องนี้ยังขาดส่วนที่ใช้เตรียมเครื่องมือของไพทอน กรุณาติดตั้งด้วยคำสั่ง' \
	      '    sudo apt-get install -y python3-venv make' 'แล้วสั่งคำสั่งเดิมอีกครั้ง'
	    exit 1
	  elif [ ! -d .venv ]; then
	    cat "$$log" >&2
	    say 'เตรียมเครื่องมือไม่สำเร็จ สาเหตุอยู่ในข้อความข้างบน (พื้นที่ว่างหรือสิทธิ์ในโฟลเดอร์นี้) แก้แล้วสั่งคำสั่งเดิมอีกครั้ง'
	    exit 1
	  fi
	  # The program runs from this folder: one relative line on Python's path, and a command that cron can call.
	  for place in .venv/lib/python3*/site-packages; do echo ../../../.. >"$$place/checkout.pth"; done
	  printf '%s\n' '#!/bin/sh' 'exec "$$(dirname "$$(readlink -f "$$0")")/python" -P -m pipeline "$$@"' >.venv/bin/pipeline
	  chmod +x .venv/bin/pipeline
	fi
	if ! $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input --retries 2 \
	    --require-hashes --only-binary :all: -r $(LOCK) >"$$log" 2>&1; then
	  tail -n 12 "$$log" >&2
	  if grep -Eiq 'connection|retrying|timed out|resolve|proxy' "$$log"; then
	    say 'ดาวน์โหลดเครื่องมือไม่สำเร็จ เพราะติดต่อเว็บไซต์ pypi.org ไม่ได้' \
	      'กรุณาตรวจสอบว่าเครื่องนี้ต่ออินเทอร์เน็ตอยู่ แล้วสั่งคำสั่งเดิมอีกครั้ง'
	  else
	    say 'ติดตั้งเครื่องมือไม่สำเร็จ สาเหตุอยู่ในข้อความข้างบน แก้แล้วสั่งคำสั่งเดิมอีกครั้ง'
	  fi
	  if ! runs $(RUNTIME); then rm -rf .venv; fi
	  exit 1
	fi
	touch $(RUNTIME) $@
	say 'เตรียมเครื่องมือเสร็จแล้ว'
