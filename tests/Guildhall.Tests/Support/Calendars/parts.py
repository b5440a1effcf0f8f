# What email for Python reads in a mail: the parts of it, and of the calendar its lines.
import email, json, sys
from email import policy

with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=policy.SMTP)
calendar = message.get_body(preferencelist=("plain", "html")) and [part for part in message.walk() if part.get_content_type() == "text/calendar"]
print(json.dumps({
    "type": message.get_content_type(),
    "parts": [part.get_content_type() for part in message.iter_parts()],
    "method": calendar[0].get_param("method") if calendar else None,
    "calendar": calendar[0].get_content() if calendar else None,
    "headers": sorted({name.lower() for name in message.keys()}),
}))
