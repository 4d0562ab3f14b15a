# Turns a style sheet into a C array, and its SHA-256 into base64 as a Content-Security-Policy names it.
# embed_style(<in.css> <out.c>); runs when the build is configured, and again when the sheet changes.

function(hex_to_base64 hex out)
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  string(LENGTH "${hex}" length)
  math(EXPR over "(${length} / 2) % 3")
  set(text)
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${hex}000000" ${at} 6 group)
    foreach(shift 18 12 6 0)
      math(EXPR digit "(0x${group} >> ${shift}) & 63")
      string(SUBSTRING ${alphabet} ${digit} 1 letter)
      string(APPEND text ${letter})
    endforeach()
    math(EXPR at "${at} + 6")
  endwhile()
  string(LENGTH "${text}" full)
  if(over EQUAL 1)
    math(EXPR full "${full} - 2")
    string(SUBSTRING "${text}" 0 ${full} text)
    string(APPEND text "==")
  elseif(over EQUAL 2)
    math(EXPR full "${full} - 1")
    string(SUBSTRING "${text}" 0 ${full} text)
    string(APPEND text "=")
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(embed_style sheet source)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sheet})
  file(READ ${sheet} bytes HEX)
  file(SHA256 ${sheet} digest)
  hex_to_base64(${digest} hash)
  string(REGEX REPLACE "(................................)" "\\1\n    " bytes ${bytes})
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  file(CONFIGURE OUTPUT ${source} CONTENT [[
#include "report_style.h"

const unsigned char report_style[] = {
    @bytes@
};
const size_t report_style_length = sizeof report_style;
const char report_style_hash[] = "sha256-@hash@";
]] @ONLY)
endfunction()
