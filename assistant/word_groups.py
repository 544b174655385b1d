"""Words that may stand for each other in news, a line a group; a word may be in several."""

from __future__ import annotations

GROUPS = """
allow let permit authorize authorise consent approve
ban prohibit forbid outlaw bar
win won victory victorious triumph beat defeat defeated
lose lost loss
die died dead death killed kill fatal fatality perish
injure injured hurt wound wounded
attack strike struck assault raid bomb bombing
strike walkout stoppage
war conflict fighting hostilities
army troops military soldiers forces
weapon arms missile
kill murder assassinate slay
buy bought purchase acquire acquisition
sell sold sale
begin began begun start launch commence
deep depth
wind gust
high tall height
wide width
strong strength magnitude
fast speed
heavy weight weigh
end ended finish conclude cease stop halt
rise rose risen increase grow grew grown climb jump surge soar
fall fell fallen drop decline decrease shrink plunge slump
build built construct construction erect
destroy demolish wreck ruin
found founded establish established create created set
found founded founder cofounder
create created creator
direct directed director filmmaker
produce produced producer
shoot filming
design designed designer
compose composed composer
invent invented devise develop
lead led head chair run
leader head chief boss president
ceo chief executive boss
company firm corporation business
employ work worker employee staff workforce
steal loot rob theft
win earn
merge merger combine
missing lost
job post position role
pay paid spend spent cost
money funds cash funding dollars euros pounds crowns
help aid assist assistance support
agree agreement deal accord pact treaty
talk talks negotiate negotiation discuss discussion meeting
meet met meeting
visit visited travel traveled travelled trip journey
go went travel move
come came arrive arrival
leave left depart departure quit resign resignation
fire fired dismiss sack oust
hire hired appoint appointed name named employ
choose chose chosen elect elected select pick
vote ballot poll election
law legislation bill act statute
court judge tribunal
arrest detain detained custody
charge accuse accused indict allege
jail prison imprison sentence
sue lawsuit suit
crime offence offense
say said tell told state stated announce announced declare
ask asked request
call called name named dub
think thought believe
plan intend
show showed reveal disclose
win award prize
win won champion
big large huge
small little
old elderly aged
rich wealthy
doctor physician
film movie
book novel
song track single
author writer wrote written write
child children kid
school college university
student pupil
car vehicle automobile
plane aircraft jet airplane
drone drones uav unmanned
ship vessel boat
oil petroleum crude
city town
country nation state
land territory soil airspace base
border frontier
near close next
place site location venue
house home residence
live lived reside
born birth
marry married wed wedding wife husband spouse
divorce divorced separate separated split
convict convicted conviction guilty
study studied graduate graduated educated degree university school
bury buried burial funeral
get got receive received obtain
give gave given provide supply deliver
send sent ship deliver
use used utilize employ
make made produce produced manufacture
show exhibit display
keep kept retain hold held
want seek demand
worth value valuation valued
try tried attempt
refuse reject decline deny
cause lead result trigger
reason cause motive
goal aim purpose
danger threat risk
threaten threat
fear afraid worry worried concern concerned uneasy
happy pleased glad
unhappy displeased
angry furious
illness disease sickness
medicine drug
sea ocean
street road
storm hurricane
flood flooding
fire blaze
earthquake quake
crash collision
accident crash
explosion blast
percent share proportion
amount sum
price cost
tax levy
owner own owned owns
part portion
enemy foe
ally partner
friend friendship
partner partnership
embassy diplomatic
ambassador envoy diplomat
minister secretary
spy spies espionage intelligence
open opened opening inaugurate
close closed shut
return returned
join joined
fight fought battle
protest demonstration rally
speech address
answer reply respond
study research
scientist researcher
find found discover discovered
test trial
match game
team side squad club
score scored goal
coach manager
lawyer attorney
lawyer solicitor barrister
"""
DEEDS_AND_NOUNS = """
invade invasion
watch spectator viewer crowd attendance
explode explosion
decide decision
conclude conclusion
expand expansion
divide division
persuade persuasion
permit permission
admit admission
submit submission
abolish abolition
destroy destruction
describe description
produce production
reduce reduction
introduce introduction
seize seizure
fail failure
expose exposure
close closure
survive survivor
deny denial
grow growth
succeed success
succeed successor succession
choose choice
marry marriage
fly flight
weigh weight
pay payment
treat treatment
analyse analyze analysis
oppose opposition
suspect suspicion
suspend suspension
extend extension
expel expulsion
recover recovery
discover discovery
deliver delivery
injure injury
inquire inquiry
enter entry
rob robbery
bribe bribery
apologise apologize apology
occupy occupation
certify certification
apply application
identify identification
verify verification
acquit acquittal
defend defence defense
offend offence
comply compliance
rely reliance
ally alliance
vary variation
collide collision
erode erosion
explain explanation
reveal revelation
detain detention
abstain abstention
maintain maintenance
intervene intervention
receive receipt
deceive deception
consume consumption
resume resumption
redeem redemption
behave behaviour behavior
argue argument
settle settlement
ship shipment
transmit transmission
omit omission
emit emission
concede concession
secede secession
compete competition
repeat repetition
conquer conquest
prove proof
believe belief
relieve relief
speak speech
sign signature
create creation
shrink shrinkage
leak leakage
block blockade
besiege siege
criticise criticize criticism
evacuate evacuation
acquire acquisition
inaugurate inauguration
"""
"""Deeds and their nouns, where no stem is common to both: "Who invaded it?" is told by "the invasion"."""
