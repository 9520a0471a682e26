// The notifiers of all channels, one file each; receivers.h chooses among them. Internal to
// notifiers.
#pragma once

#include <memory>

#include "notifiers/notifier.h"
#include "notifiers/receiver_settings.h"
#include "notifiers/template.h"

namespace tidemark {

using NotifierPtr = std::unique_ptr<Notifier>;

NotifierPtr email_notifier(const EmailSettings& settings, const Transport& transport);
NotifierPtr file_notifier(const FileSettings& settings);
NotifierPtr twilio_notifier(const TwilioSettings& settings, const Transport& transport);
NotifierPtr sms_gateway_notifier(const SmsGatewaySettings& settings, const Transport& transport);
NotifierPtr slack_notifier(const SlackSettings& settings, const Transport& transport);
NotifierPtr pagerduty_notifier(const PagerDutySettings& settings, const Transport& transport);
NotifierPtr alertmanager_notifier(const AlertmanagerSettings& settings, const Transport& transport);
NotifierPtr webhook_notifier(const WebhookSettings& settings, const Transport& transport);
NotifierPtr command_notifier(const CommandSettings& settings);

// Who is there: the other side did something that its documentation does not say. Not refused, for
// it may be a proxy in between.
Delivery strange(const std::string& said);

// Escape of a body's {{names}} by its content type.
Escape escape_for(const std::string& content_type);

}  // namespace tidemark
