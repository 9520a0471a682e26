// What mails say unless a receiver says it otherwise: cluster, group, status, what and since when
// in the first line, then the likely cause, what to do next, and where to see it. Mustache.
#pragma once

#include <string_view>

namespace tidemark::mail_templates {

constexpr std::string_view subject = "{{headline}}";

constexpr std::string_view text = R"({{headline}}{{^many}}: {{reason}} ({{when}}){{/many}}
{{#digest}}

On the first day nobody is woken for this: what is usual for these groups is not known yet, or they
were dead before Tidemark saw them. From now on everything is told as it happens.
{{/digest}}
{{#many}}

{{#alerts}}
* {{state}} {{cluster}} {{group}}: {{reason}} ({{when}})
{{/alerts}}
{{#more}}
* … and {{more}} more
{{/more}}
{{/many}}
{{^many}}
{{^over}}
{{#lag}}

Lag: {{lag}} records{{#time_lag}}, {{time_lag}} behind{{/time_lag}}{{#topic}}; what decides: {{topic}}-{{partition}}{{/topic}}
{{/lag}}
{{/over}}
{{#outlook}}
{{outlook}}
{{/outlook}}
{{#cause}}

Likely cause: {{cause}}
{{/cause}}
{{#next_step}}

What to do next:
    {{next_step}}
{{/next_step}}
{{#learning}}

What is usual for this group is not known yet.
{{/learning}}
{{/many}}
{{#link}}

Show {{#many}}all of them{{/many}}{{^many}}it{{/many}}: {{link}}
{{/link}}
{{#test}}

This is a test of the receiver. The group does not exist.
{{/test}}

-- 
Tidemark{{#incident}}, incident {{incident}}{{/incident}}
)";

constexpr std::string_view html = R"(<!DOCTYPE html>
<html><body style="margin:0;padding:16px;font:15px/1.5 sans-serif;color:#1d2433;background:#fff">
<p style="font-size:18px;margin:0 0 8px"><b>{{headline}}</b></p>
{{#digest}}<p style="margin:0 0 8px">On the first day nobody is woken for this: what is usual for these groups is not known yet, or they were dead before Tidemark saw them. From now on everything is told as it happens.</p>{{/digest}}
{{#many}}
<table cellpadding="4" style="border-collapse:collapse">
{{#alerts}}
<tr style="border-top:1px solid #d9dee8"><td valign="top"><b>{{state}}</b></td><td><a href="{{alert_link}}" style="color:#1b5fc1">{{cluster}} {{group}}</a><br>{{reason}} ({{when}})</td></tr>
{{/alerts}}
</table>
{{#more}}<p>… and {{more}} more</p>{{/more}}
{{/many}}
{{^many}}
<p style="margin:0 0 8px">{{reason}} ({{when}})</p>
{{^over}}{{#lag}}<p style="margin:0 0 8px">Lag: <b>{{lag}}</b> records{{#time_lag}}, {{time_lag}} behind{{/time_lag}}{{#topic}}; what decides: {{topic}}-{{partition}}{{/topic}}</p>{{/lag}}{{/over}}
{{#picture}}<p style="margin:0 0 8px"><img src="cid:{{picture}}" width="480" height="120" alt="Lag over the last time before this mail" style="border:1px solid #d9dee8"><br><span style="color:#5b6577;font-size:13px">{{picture_about}}</span></p>{{/picture}}
{{#outlook}}<p style="margin:0 0 8px">{{outlook}}</p>{{/outlook}}
{{#cause}}<p style="margin:0 0 8px"><b>Likely cause:</b> {{cause}}</p>{{/cause}}
{{#next_step}}<p style="margin:0 0 4px"><b>What to do next:</b></p>
<pre style="margin:0 0 8px;padding:8px;background:#f3f5f9;white-space:pre-wrap">{{next_step}}</pre>{{/next_step}}
{{#learning}}<p style="margin:0 0 8px">What is usual for this group is not known yet.</p>{{/learning}}
{{/many}}
{{#link}}<p style="margin:16px 0"><a href="{{link}}" style="color:#1b5fc1">Show {{#many}}all of them{{/many}}{{^many}}it{{/many}} in Tidemark</a></p>{{/link}}
{{#test}}<p>This is a test of the receiver. The group does not exist.</p>{{/test}}
<p style="color:#5b6577;font-size:13px">Tidemark{{#incident}}, incident {{incident}}{{/incident}}</p>
</body></html>
)";

}  // namespace tidemark::mail_templates
