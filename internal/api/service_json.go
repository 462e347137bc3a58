package api

import (
	"predah/internal/questionnaire"
	"predah/internal/support"
)

// ServiceList is the services that fit a caller's question.
type ServiceList struct {
	Language questionnaire.Language `json:"language" doc:"The language of the texts." example:"sl" enum:"sl,en"`
	At       string                 `json:"at" doc:"The moment that open, opens_at and closes_at are about (RFC 3339)." example:"2026-11-23T18:00:00+01:00" format:"date-time" maxLength:"32"`
	Services []Service              `json:"services" doc:"The services, best match first." maxItems:"500"`
	Next     *Next                  `json:"next" doc:"Who can be reached: at the moment when its contact is open, else first of all. It is never just closed; null only when no hours at all are known."`
	Needs    []Need                 `json:"needs" doc:"Every need that can be asked for, in the order of a filter." maxItems:"100"`
	Regions  []Region               `json:"regions" doc:"Every region that can be asked for." maxItems:"100"`
}

// Next is who can be reached now, or first of all.
type Next struct {
	Service string  `json:"service" doc:"The service's id." example:"tom-telefon" maxLength:"64"`
	Name    string  `json:"name" doc:"The service's name." example:"TOM telefon" maxLength:"200"`
	Contact Contact `json:"contact" doc:"The contact to try."`
}

// Need is one thing a person may look for.
type Need struct {
	ID     string `json:"id" doc:"The need's id." example:"distress" maxLength:"64"`
	Label  string `json:"label" doc:"The need in a person's own words." example:"Hudo mi je" maxLength:"200"`
	Urgent bool   `json:"urgent" doc:"Whether it can't wait." example:"false"`
}

// Region is a part of the country that a service may be bound to.
type Region struct {
	ID   string `json:"id" doc:"The region's id." example:"osrednjeslovenska" maxLength:"64"`
	Name string `json:"name" doc:"Its name." example:"Osrednjeslovenska" maxLength:"200"`
}

// Service is one support service, as it stands at a moment.
type Service struct {
	ID         string                   `json:"id" doc:"The service's id." example:"tom-telefon" maxLength:"64"`
	Name       string                   `json:"name" doc:"Its name." example:"TOM telefon" maxLength:"200"`
	Summary    string                   `json:"summary" doc:"What it does." example:"Pogovor o vsem, kar te skrbi." maxLength:"1000"`
	For        string                   `json:"for" doc:"Who it is for." example:"otroci in mladi" maxLength:"500"`
	Areas      []questionnaire.AreaID   `json:"areas" doc:"The areas it helps with; empty for any." example:"[\"gaming\"]" maxItems:"50"`
	Needs      []string                 `json:"needs" doc:"The needs it answers." example:"[\"distress\"]" maxItems:"50"`
	Ages       *Range                   `json:"ages" doc:"The ages in full years it is for; null for all."`
	Languages  []questionnaire.Language `json:"languages" doc:"The languages it speaks (ISO 639-1)." example:"[\"sl\"]" maxItems:"20"`
	Nationwide bool                     `json:"nationwide" doc:"Whether it is there for the whole country." example:"true"`
	Region     string                   `json:"region,omitempty" doc:"The part of the country it is for." example:"Osrednjeslovenska" maxLength:"300"`
	Cost       string                   `json:"cost" doc:"What it costs, as a code." example:"free" maxLength:"64"`
	CostText   string                   `json:"cost_text" doc:"What it costs, in words." example:"brezplačno" maxLength:"200"`
	Anonymous  *bool                    `json:"anonymous" doc:"Whether one need not say who one is; null when not known." example:"true"`
	Confidence support.Confidence       `json:"confidence" doc:"How sure the facts are: verified, or from an old source." example:"verified" enum:"verified,old-source"`
	Remark     string                   `json:"confidence_text,omitempty" doc:"How sure the facts are, in words." example:"Podatki so starejši, preverite jih pri izvajalcu." maxLength:"500"`
	Urgent     bool                     `json:"urgent" doc:"Whether it is for urgent need." example:"false"`
	Role       bool                     `json:"role" doc:"Whether it is somebody everyone has or finds close by, such as a school counsellor, without a number of its own." example:"false"`
	Website    string                   `json:"website,omitempty" doc:"Its website." example:"https://www.e-tom.si/" format:"uri" maxLength:"500"`
	Source     string                   `json:"source" doc:"The page the facts were read on. Link to it only when it begins with https." example:"https://www.zpms.si/" format:"uri" maxLength:"500"`
	Checked    string                   `json:"checked" doc:"The day they were read." example:"2026-11-23" maxLength:"10"`
	Note       string                   `json:"note,omitempty" doc:"What else one should know." example:"Ob praznikih krajši čas." maxLength:"1000"`
	Contacts   []Contact                `json:"contacts" doc:"How to reach it, best first." maxItems:"50"`
	Openness
}

// Contact is one way to reach a service.
type Contact struct {
	Kind         support.Kind             `json:"kind" doc:"What it is." example:"phone" enum:"phone,chat,sms,email,form,website,in-person"`
	Value        string                   `json:"value" doc:"The number or address, as a person reads it." example:"116 111" maxLength:"500"`
	Href         string                   `json:"href,omitempty" doc:"What to open to use it: https, tel, sms or mailto." example:"tel:116111" maxLength:"500"`
	Label        string                   `json:"label,omitempty" doc:"What it is called." example:"TOM telefon" maxLength:"300"`
	Languages    []questionnaire.Language `json:"languages" doc:"The languages it speaks (ISO 639-1)." example:"[\"sl\"]" maxItems:"20"`
	Ages         *Range                   `json:"ages,omitempty" doc:"The ages in full years it is for; absent for those of the service."`
	OpeningHours string                   `json:"opening_hours,omitempty" doc:"When it is open, in the syntax of OpenStreetMap's opening_hours; absent when not known." example:"Mo-Su,PH 12:00-20:00" maxLength:"300"`
	HoursText    string                   `json:"hours_text,omitempty" doc:"When it is open, in words." example:"vsak dan 12.00–20.00" maxLength:"300"`
	Source       string                   `json:"source" doc:"The page the facts were read on. Link to it only when it begins with https." example:"https://www.zpms.si/" format:"uri" maxLength:"500"`
	Checked      string                   `json:"checked" doc:"The day they were read." example:"2026-11-23" maxLength:"10"`
	Openness
}

// Openness is how a contact, or the best contact of a service, stands at the moment.
type Openness struct {
	Open     *bool  `json:"open,omitempty" doc:"Whether it is open; absent when its hours are not known." example:"true"`
	OpensAt  string `json:"opens_at,omitempty" doc:"When it opens next (RFC 3339); of what is closed." example:"2026-11-24T12:00:00+01:00" format:"date-time" maxLength:"32"`
	ClosesAt string `json:"closes_at,omitempty" doc:"When it closes (RFC 3339); of what is open and not always so." example:"2026-11-23T20:00:00+01:00" format:"date-time" maxLength:"32"`
}
