/* @ABOUT@

   Build it:  cc -O2 -shared -fPIC @FILE@ -o @LIBRARY@
   Test it:   sh test.sh

   recoup.h says who owns what. The stage has one state; `open` makes it and `close` frees it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "recoup.h"

#define TEXT(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }

