#!/bin/sh
# make install-nightly: says what it will do, and does it when told to. Options: --yes, --cron, --remove.
set -eu
umask 077
here=$(cd "$(dirname "$0")/../.." && pwd)
units=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user
settings=$HOME/.config/district-reports.env
mark='# district-reports'
names='district-reports.service district-reports.timer district-reports-failed.service'
agreed='' remove='' way=systemd

say() { printf '%s\n' "$@"; }
refuse() { say "$@" >&2; exit 2; }

for word in "$@"; do
  case $word in
    --yes) agreed=yes ;;
    --cron) way=cron ;;
    --remove) remove=yes ;;
    *) refuse "ไม่มีตัวเลือก $word ใช้ได้เฉพาะ --yes --cron --remove" ;;
  esac
done
case $here in
  *[\"\\\$\`%]*) refuse "ชื่อโฟลเดอร์ $here มีเครื่องหมายที่ตัวตั้งเวลาใช้ไม่ได้ กรุณาย้ายโครงการไปไว้ในโฟลเดอร์อื่น" ;;
esac
if [ $way = systemd ] && ! systemctl --user show-environment >/dev/null 2>&1; then
  way=cron
fi
if [ $way = cron ] && ! command -v crontab >/dev/null; then
  refuse 'เครื่องนี้ตั้งเวลาด้วย systemd ของผู้ใช้ไม่ได้ และไม่มีคำสั่ง crontab' \
    'ใน Windows ให้ใช้ docs/nightly/windows-task.xml วิธีทำอยู่ใน docs/nightly.md'
fi

# A unit with the project's own folder in it.
unit() {
  place=$(printf '%s' "$here" | sed 's/[&|]/\\&/g')
  sed "s|%h/district-reports|$place|g" "$here/docs/nightly/$1"
}
line() { printf '30 2 * * *  cd "%s" && .venv/bin/pipeline nightly %s\n' "$here" "$mark"; }
others() { crontab -l 2>/dev/null | grep -vF "$mark" || true; }

explain() {
  if [ -n "$remove" ]; then
    say 'จะเลิกให้เครื่องรวมรายงานเองทุกคืน (ข้อมูล ผลลัพธ์ และบันทึกยังอยู่ครบ) โดย'
    if [ $way = cron ]; then say '  ลบบรรทัดของงานนี้ออกจาก crontab ของบัญชีนี้'
    else say '  หยุดตัวตั้งเวลา แล้วลบไฟล์ต่อไปนี้'; for name in $names; do say "    $units/$name"; done; fi
    return
  fi
  say 'จะตั้งให้เครื่องนี้รวมรายงานเองทุกคืน เวลา 02.30 น. ตามเวลาประเทศไทย โดย'
  if [ $way = cron ]; then
    say '  เพิ่มบรรทัดนี้ใน crontab ของบัญชีนี้ (ใช้เวลาของเครื่อง กรุณาตั้งเครื่องเป็นเวลาประเทศไทย)' "    $(line)"
  else
    say '  เขียนไฟล์ของตัวตั้งเวลาสำหรับบัญชีนี้ ไม่ต้องใช้สิทธิ์ผู้ดูแลเครื่อง'
    for name in $names; do say "    $units/$name"; done
    [ -e "$settings" ] || say '  เขียนไฟล์ตั้งค่า (อีเมลที่แจ้งเมื่อไม่สำเร็จ และที่อยู่สำหรับตรวจว่ายังทำงาน) ซึ่งยังว่าง' "    $settings"
    say '  เปิดตัวตั้งเวลา และให้ทำงานแม้ไม่มีใครเข้าระบบ (systemctl --user enable, loginctl enable-linger)'
  fi
  say "โปรแกรมจะเขียนเฉพาะใน $here/input (ทะเบียนและคลังไฟล์) กับ $here/output"
  say 'เลิกได้ทุกเมื่อด้วย make install-nightly ARGS=--remove'
}

agree() {
  [ -n "$agreed" ] && return
  if [ ! -t 0 ]; then
    say '' 'ยังไม่ได้ทำอะไร ถ้าตกลง ให้สั่งเดิมแล้วเพิ่ม --yes ใน ARGS เช่น make install-nightly ARGS=--yes'
    exit 0
  fi
  printf '\nพิมพ์ y แล้วกด Enter ถ้าตกลง: '
  read -r answer || answer=
  case $answer in y | Y | yes | ใช่ | ตกลง) ;; *) say 'ไม่ได้ทำอะไร'; exit 0 ;; esac
}

put_units() {
  mkdir -p "$units" "$(dirname "$settings")"
  for name in $names; do unit "$name" >"$units/$name"; done
  if [ ! -e "$settings" ]; then
    say '# ลบเครื่องหมาย # ข้างหน้า แล้วเติมค่า' '#MAILTO=' '#PIPELINE_PING_URL=' >"$settings"
  fi
  systemctl --user daemon-reload
  systemctl --user enable --now district-reports.timer
  loginctl enable-linger 2>/dev/null ||
    say 'เครื่องนี้ไม่ยอมให้ทำงานขณะไม่มีใครเข้าระบบ กรุณาให้ผู้ดูแลเครื่องสั่ง loginctl enable-linger กับบัญชีนี้' >&2
  say 'เรียบร้อย ดูเวลาครั้งถัดไปด้วย systemctl --user list-timers district-reports.timer'
}

remove_units() {
  systemctl --user disable --now district-reports.timer 2>/dev/null || true
  for name in $names; do rm -f "$units/$name"; done
  systemctl --user daemon-reload
  say 'เลิกแล้ว'
}

explain
agree
if [ $way = cron ]; then
  if [ -n "$remove" ]; then others | crontab -; say 'เลิกแล้ว'
  else { others; line; } | crontab -; say 'เรียบร้อย ดูได้ด้วย crontab -l'; fi
elif [ -n "$remove" ]; then remove_units
else put_units; fi
